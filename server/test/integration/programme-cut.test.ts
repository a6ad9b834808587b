import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingBody } from '@nhip-cau/shared/protocol/recording';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import { spanOf } from '../../src/recording/cut/pieces.ts';
import { runProgram } from '../../src/recording/ffmpeg.ts';
import { readTracks } from '../../src/recording/library.ts';
import { tracksDir } from '../../src/recording/recorder.ts';
import { RecordingService } from '../../src/recording/recording-service.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { startHttp, type HttpServer } from '../support/http-server.ts';
import { strongestChannel } from '../support/picture.ts';
import {
  openRecordedDialogue,
  type RecordedDialogue,
  withoutTakenPorts,
} from '../support/recorded-dialogue.ts';

let recorded: RecordedDialogue;
let failures: unknown[];
const nodes = new InProcessNodes();
const services: RecordingService[] = [];
const servers: HttpServer[] = [];

beforeAll(async () => {
  recorded = await openRecordedDialogue();
  failures = [];
}, 120_000);

afterAll(async () => {
  for (const server of servers) await server.close();
  for (const service of services) await service.close();
  await recorded.close();
});

/** As each start of the server makes it. */
async function openService(): Promise<RecordingService> {
  const { ffmpeg, dir, engine, db, media } = recorded;
  const service = new RecordingService({
    ffmpeg,
    dir,
    segmentSeconds: 1,
    disk: { warnBytes: 0, warnMinutes: 0, floorBytes: 0 },
    broadcastDir: dir,
    engine,
    logReader: createLogReader(db),
    ...nodes.join(),
    gather: (dialogueId) => media.gather(dialogueId),
    onSignal: () => {},
    onError: (error) => failures.push(error),
  });
  services.push(service);
  await service.open();
  return service;
}

/** Records two turns of some two seconds, with the head table before them. */
async function recordTwoTurns(service: RecordingService): Promise<void> {
  const { dialogue, engine, media, halls, dir } = recorded;
  const { secretary } = dialogue;
  engine.onCommitted((state) => service.handleHome(state));
  const untap = media.tap(service);
  await dialogue.do(secretary, 'recording.start', {});
  await dialogue.do(secretary, 'dialogue.start', {});
  const written = async (hall: string, segments: number) => {
    for (;;) {
      const tracks = await readTracks(tracksDir(dir, dialogue.id), null);
      const own = tracks.filter(
        (track) => track.bridgePointId === hall && track.segments.length >= segments,
      );
      if (new Set(own.map(({ source }) => source)).size === 2) return;
      await delay(200);
    }
  };
  await written(halls.central, 1);
  for (const hall of [1, 2] as const) {
    const questionId = await dialogue.accepted(hall);
    await dialogue.do(secretary, 'floor.call', { questionId });
    await dialogue.do(secretary, 'transcript.add', {
      lineId: crypto.randomUUID(),
      text: `Ý kiến của điểm cầu ${hall}`,
      speaker: 'turn',
    });
    await written(halls[`hall${hall}`], 1);
  }
  await dialogue.do(secretary, 'dialogue.end', {});
  untap();
}

interface Probe {
  format: { duration: string };
  streams: { codec_name: string; codec_type: string }[];
  chapters: { start_time: string; end_time: string; tags: { title: string } }[];
}

async function probe(path: string): Promise<Probe> {
  const args = ['-show_format', '-show_streams', '-show_chapters', '-of', 'json', path];
  return JSON.parse(await runProgram(recorded.ffmpeg.ffprobe, args, { cwd: '/' })) as Probe;
}

test('the programme is cut from the log and the tracks, and can be downloaded in ranges', async () => {
  const { dialogue, engine, dir } = recorded;
  const first = await openService();
  await recordTwoTurns(first);

  // A server that is stopped in the middle of it leaves it to the next one.
  await first.startCut(dialogue.id);
  await expect(first.startCut(dialogue.id)).rejects.toMatchObject({ code: 'wrong_state' });
  await first.close();
  const service = await openService();
  const server = await startHttp(recorded, { recordings: service });
  servers.push(server);
  const { accountId, displayName } = dialogue.secretary;
  const account = { id: accountId, username: 'secretary', displayName, isAdmin: false };
  await server.accounts.createWithoutPassword(account);
  const browser = await server.browser().enter({ kind: 'staff', accountId });
  const own = { cookie: browser.cookieHeader(), 'x-principal': browser.principal! };
  const secretary = (where: string, headers: Record<string, string> = {}) =>
    fetch(server.url + where, { headers: { ...own, ...headers } });
  const path = `/api/dialogues/${dialogue.id}/recording`;
  let body: RecordingBody;
  do {
    await delay(200);
    body = (await (await secretary(path)).json()) as RecordingBody;
  } while (body.cut?.state === 'waiting' || body.cut?.state === 'running');
  expect(withoutTakenPorts(failures)).toEqual([]);
  expect(body.cut).toMatchObject({ state: 'done', progress: 1 });
  expect(body.files.map(({ name }) => name.split('.').at(-1))).toEqual(['mp4', 'webm', 'vtt']);

  const { endedAt } = (await engine.read(dialogue.id))!.dialogue!;
  const stored = await readTracks(tracksDir(dir, dialogue.id), recorded.ffmpeg);
  const tracks = stored.filter(({ segments }) => segments.length > 0);
  const startedAt = Math.min(...tracks.map((track) => spanOf(track).from));
  const recordedUntil = Math.max(...tracks.map((track) => spanOf(track).until));
  const seconds = (Math.min(endedAt!, recordedUntil) - startedAt) / 1_000;
  const shown = body.spans.reduce((sum, span) => sum + span.endAt - span.startAt, 0);
  expect(shown / 1_000).toBeCloseTo(seconds, 1);
  const middleOf = (hall: string) => {
    const camera = tracks.find(
      ({ bridgePointId, source }) => bridgePointId === hall && source === 'camera',
    )!;
    const { from, until } = spanOf(camera);
    return ((from + until) / 2 - startedAt) / 1_000;
  };
  const firstTurn = [...(await dialogue.state()).turns.values()][0]!;
  const hostFrom = tracks.find(({ source }) => source === 'camera')!.points[0]!.epochMs;
  const beforeTurns = ((hostFrom + firstTurn.calledAt!) / 2 - startedAt) / 1_000;
  for (const { name, sha256, durationMs, bytes } of body.files) {
    const file = join(dir, dialogue.id, 'programme', name);
    const content = await readFile(file);
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(content.length).toBe(bytes);
    if (durationMs === null) continue;
    const { streams, chapters, format } = await probe(file);
    expect(Math.abs(Number(format.duration) - seconds)).toBeLessThan(1.5);
    expect(streams.map(({ codec_type: type }) => type).toSorted()).toEqual(
      expect.arrayContaining(['audio', 'subtitle', 'video']),
    );
    expect(chapters.map(({ tags }) => tags.title)).toEqual([
      'Chủ trì',
      'Điểm cầu 1 · Bao giờ làm đường?',
      'Điểm cầu 2 · Bao giờ làm đường?',
    ]);
    expect(await strongestChannel(recorded, file, beforeTurns)).toBe('green');
    expect(await strongestChannel(recorded, file, middleOf(recorded.halls.hall1))).toBe('red');
    expect(await strongestChannel(recorded, file, middleOf(recorded.halls.hall2))).toBe('blue');
  }

  const [mp4] = body.files;
  const url = `${path}/files/${mp4!.name}`;
  const whole = Buffer.from(await (await secretary(url)).arrayBuffer());
  const part = await secretary(url, { Range: 'bytes=100-199' });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 100-199/${mp4!.bytes}`);
  expect(part.headers.get('content-disposition')).toContain('attachment');
  expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
  const etag = part.headers.get('etag')!;
  expect(etag).toBe(`"${mp4!.sha256}"`);
  const same = await secretary(url, { Range: 'bytes=0-9', 'If-Range': etag });
  expect(same.status).toBe(206);
  const other = await secretary(url, { Range: 'bytes=0-9', 'If-Range': '"another"' });
  expect(other.status).toBe(200);
  const beyond = await secretary(url, { Range: `bytes=${mp4!.bytes}-` });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('content-range')).toBe(`bytes */${mp4!.bytes}`);
  expect((await secretary(`${path}/files/status.json`)).status).toBe(404);
  expect((await secretary(`${path}/files/..%2F..%2Ftracks`)).status).toBe(404);
  expect((await fetch(`${server.url}${url}`)).status).toBe(401);
}, 280_000);
