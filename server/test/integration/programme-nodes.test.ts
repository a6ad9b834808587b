import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CutState } from '@nhip-cau/shared/model/recording';
import type { CutStatus } from '@nhip-cau/shared/protocol/recording';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import type { NodeLink } from '../../src/bus/node-link.ts';
import { CutService } from '../../src/recording/cut/cut-service.ts';
import { type Ffmpeg, installFfmpeg, runProgram } from '../../src/recording/ffmpeg.ts';
import { tracksDir } from '../../src/recording/recorder.ts';
import { RecordingService } from '../../src/recording/recording-service.ts';
import { segmentList, trackFolder, writeCard } from '../../src/recording/track-folder.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { requireFfmpeg } from '../support/clip-sender.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

const startedAt = 1_800_000_000_000;
const seconds = 4;

let now = startedAt;
let beside: TestEngine;
let dialogue: TestDialogue;
let ffmpeg: Ffmpeg;
let dir: string;
const open: { service: CutService; link: NodeLink }[] = [];
const nodes = new InProcessNodes();

beforeAll(async () => {
  ffmpeg = requireFfmpeg();
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-cuts-'));
  beside = await createTestEngine(undefined, () => now);
  dialogue = await TestDialogue.open(beside.engine);
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  now += seconds * 1_000;
  await dialogue.do(dialogue.secretary, 'dialogue.end', {});
  await writeCamera();
}, 120_000);

afterEach(async () => {
  for (const { service, link } of open.splice(0)) {
    await service.close();
    await link.close();
  }
  await rm(join(dir, dialogue.id, 'programme'), { recursive: true, force: true });
});

afterAll(async () => {
  await beside.close();
  await rm(dir, { recursive: true, force: true });
});

/** What the recorder would have written of the head table's camera. */
async function writeCamera(): Promise<void> {
  const { centralBridgePointId } = (await dialogue.state()).dialogue!;
  const track = join(tracksDir(dir, dialogue.id), trackFolder(startedAt, 'central', 'camera'));
  await mkdir(track, { recursive: true });
  await runProgram(
    ffmpeg.ffmpeg,
    [
      ...['-f', 'lavfi', '-i', `color=green:s=320x180:r=15:d=${seconds}`],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '150k', '00000.mkv'],
    ],
    { cwd: track },
  );
  await writeFile(join(track, segmentList), `00000.mkv,0.000000,${seconds}.000000\n`);
  await writeCard(track, {
    bridgePointId: centralBridgePointId,
    source: 'camera',
    turnId: null,
    codec: { mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96, parameters: {} },
    startedAt,
    points: [{ atMs: 0, epochMs: startedAt }],
  });
}

/** A node that shares the disk with the others; tells each status, its own and theirs. */
async function joinNode(options: { ffmpeg?: Ffmpeg | null } = {}) {
  const link = nodes.join();
  const statuses: CutStatus[] = [];
  const heard = new EventTarget();
  const failures: unknown[] = [];
  const service = new CutService({
    ffmpeg: options.ffmpeg === undefined ? ffmpeg : options.ffmpeg,
    dir,
    engine: beside.engine,
    logReader: createLogReader(beside.db),
    leases: link.leases,
    bus: link.bus,
    onStatus: (_dialogueId, status) => {
      statuses.push(status);
      heard.dispatchEvent(new Event(status.state));
    },
    onError: (error) => failures.push(error),
    lookMs: 50,
  });
  open.push({ service, link });
  await service.open();
  return {
    service,
    link,
    failures,
    /** Resolves when it next hears of that state. */
    async hears(state: CutState): Promise<void> {
      await once(heard, state);
    },
    states: () => [...new Set(statuses.map(({ state }) => state))],
  };
}

const programme = (name: string) => join(dir, dialogue.id, 'programme', name);
const statusOnDisk = async () =>
  (JSON.parse(await readFile(programme('status.json'), 'utf8')) as CutStatus).state;

test('a programme is made by one node, and every node knows how far it is', async () => {
  const [one, other] = [await joinNode(), await joinNode()];
  const running = other.hears('running');
  const done = [one.hears('done'), other.hears('done')];
  await one.service.start(dialogue.id);
  await expect(other.service.start(dialogue.id)).rejects.toMatchObject({ code: 'wrong_state' });
  await running;
  await Promise.all(done);
  expect(other.service.status(dialogue.id)).toMatchObject({ state: 'done', progress: 1 });
  const { files } = await other.service.programme(dialogue.id);
  expect(files.map(({ name }) => name.split('.').at(-1))).toEqual(['mp4', 'webm']);
  expect([...one.failures, ...other.failures]).toEqual([]);
  // It can be made anew, by the other one.
  await one.service.settled();
  const again = one.hears('done');
  await other.service.start(dialogue.id);
  await again;
}, 240_000);

test('a cut is cancelled where it runs, and leaves nothing but that it was', async () => {
  const node = await joinNode();
  const running = node.hears('running');
  await node.service.start(dialogue.id);
  await running;
  node.service.cancel(dialogue.id);
  await node.service.settled();
  expect(node.service.status(dialogue.id)).toMatchObject({ state: 'cancelled', progress: 0 });
  expect(await statusOnDisk()).toBe('cancelled');
  expect(existsSync(join(dir, dialogue.id, 'programme-work'))).toBe(false);
  expect(await node.service.programme(dialogue.id)).toEqual({ files: [], spans: [] });
  expect(() => node.service.cancel(dialogue.id)).toThrow(
    expect.objectContaining({ code: 'wrong_state' }),
  );
  expect(node.failures).toEqual([]);
}, 120_000);

test('a cut is cancelled from another node', async () => {
  const [one, other] = [await joinNode(), await joinNode()];
  const running = other.hears('running');
  const cancelled = other.hears('cancelled');
  await one.service.start(dialogue.id);
  await running;
  other.service.cancel(dialogue.id);
  await cancelled;
  await one.service.settled();
  expect(await statusOnDisk()).toBe('cancelled');
  expect(one.states()).toEqual(['waiting', 'running', 'cancelled']);
}, 120_000);

test('what a node leaves unfinished is finished by another one', async () => {
  const [one, other] = [await joinNode(), await joinNode()];
  const running = other.hears('running');
  const done = other.hears('done');
  await one.service.start(dialogue.id);
  await running;
  await one.service.close();
  await one.link.close();
  expect(one.states()).not.toContain('done');
  await done;
  await other.service.settled();
  expect((await other.service.programme(dialogue.id)).files).toHaveLength(2);
  expect([...one.failures, ...other.failures]).toEqual([]);
}, 240_000);

test('a node that loses its lease stops', async () => {
  const one = await joinNode();
  const running = one.hears('running');
  await one.service.start(dialogue.id);
  await running;
  await one.link.close();
  await one.service.settled();
  expect(one.service.status(dialogue.id)).toMatchObject({ state: 'running' });
  expect(await one.service.programme(dialogue.id)).toEqual({ files: [], spans: [] });
  const other = await joinNode();
  await other.service.settled();
  expect(await statusOnDisk()).toBe('done');
}, 240_000);

test('nothing is made, or gone on with, without ffmpeg', async () => {
  await mkdir(programme(''), { recursive: true });
  await writeFile(
    programme('status.json'),
    JSON.stringify({ state: 'waiting', progress: 0, remainingMs: null, at: startedAt }),
  );
  const { service } = await joinNode({ ffmpeg: null });
  await expect(service.start(dialogue.id)).rejects.toMatchObject({ code: 'recording_unavailable' });
  await service.settled();
  expect(await statusOnDisk()).toBe('waiting');
});

test('no recording and no broadcast is begun without ffmpeg, and whoever asks is told what to do', async () => {
  const link = nodes.join();
  const service = new RecordingService({
    ffmpeg: null,
    dir,
    broadcastDir: dir,
    segmentSeconds: 1,
    disk: { warnBytes: 0, warnMinutes: 0, floorBytes: 0 },
    engine: beside.engine,
    logReader: createLogReader(beside.db),
    ...link,
    gather: () => () => {},
    onSignal: () => {},
    onError: () => {},
  });
  await service.open();
  const answer = (name: 'recording.start' | 'recording.stop' | 'broadcast.start') =>
    service.objection({ commandId: randomUUID(), dialogueId: dialogue.id, name, payload: {} });
  const refused = { code: 'recording_unavailable', details: { install: installFfmpeg } };
  expect(await answer('recording.start')).toEqual(refused);
  expect(await answer('broadcast.start')).toEqual(refused);
  expect(await answer('recording.stop')).toBeNull();
  expect((await service.describe(await dialogue.state())).missing).toEqual({
    program: 'ffmpeg',
    install: installFfmpeg,
  });
  await service.close();
  await link.close();
});
