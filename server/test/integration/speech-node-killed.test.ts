import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { sampleRate } from '../../src/speech/engine.ts';
import { unfinishedRuns } from '../../src/speech/spool/shelf.ts';
import { bytesPerSample, headerBytes, samplesIn } from '../../src/speech/spool/wav.ts';
import { createJournal } from '../../src/store/journal.ts';
import { startTestApp } from '../support/app.ts';
import { until } from '../support/nodes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { EngineWitness } from '../support/speech/engine-witness.ts';
import { callHall, captionsOf, type DeskCaption, openMicrophone } from '../support/spoken-hall.ts';
import { speakTo } from '../support/spoken-dialogue.ts';
import type { SocketClient } from '../support/socket-client.ts';
import { ToneEngine } from '../support/tone-engine.ts';

const program = join(import.meta.dirname, '../support/speech/tone-node.ts');
const samplesPerMs = sampleRate / 1_000;
const lateMs = 10_000;
/** How many tones the hall's node hears before its engine fails, and what it keeps after them. */
const heardBefore = 3;
const keptAfterMs = 3_000;

let redis: TestRedis;
let test: Awaited<ReturnType<typeof startTestApp>>;
const nodes: ServerProcess[] = [];
const dirs: string[] = [];
const quiet: (() => void)[] = [];

beforeAll(async () => {
  redis = await startRedis();
  test = await startTestApp({ REDIS_URL: redis.url, RECORDING_FLOOR_GB: '1' });
}, 60_000);
afterAll(async () => {
  for (const end of quiet) end();
  for (const node of nodes) await node.stop();
  await test?.close();
  await redis?.kill();
  for (const dir of dirs) await rm(dir, { recursive: true });
}, 60_000);

/** A node with a disk of its own. */
async function newDisk(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-node-'));
  dirs.push(dir);
  return dir;
}

async function startNode(dataDir: string, more: Record<string, string> = {}) {
  const node = await startServerProcess({ ...test.settings, DATA_DIR: dataDir, ...more }, program);
  nodes.push(node);
  return node;
}

/** Speaks into a client's microphone at that node. */
async function speakAt(node: ServerProcess, client: SocketClient, pitches: readonly number[]) {
  const said = node.line(/"transportId":"([^"]+)","port":(\d+)/);
  const transportId = await openMicrophone(client);
  const [, id, port] = await said;
  expect(id).toBe(transportId);
  quiet.push(speakTo(Number(port), pitches));
}

/** The tones of a run's sound as it is on the disk. */
async function tonesIn(path: string) {
  const file = await readFile(path);
  const pcm = Int16Array.from({ length: samplesIn(file.length) }, (_, at) =>
    file.readInt16LE(headerBytes + at * bytesPerSample),
  );
  const witness = new EngineWitness();
  const session = await new ToneEngine().open({ language: 'vi', hotWords: [] }, witness);
  session.write(pcm);
  await session.finish();
  return witness.finals.map(({ text, start }) => ({ text, startMs: start / samplesPerMs }));
}

it('goes on at its next start with what it had not transcribed, while the other one went on', async () => {
  const { dialogue } = test;
  const [survivorDisk, victimDisk] = [await newDisk(), await newDisk()];
  // It is home to whatever is opened before the other one is there.
  const survivor = await startNode(survivorDisk);
  const host = { kind: 'staff', accountId: dialogue.host.accountId } as const;
  const secretary = await test.connectAs(survivor.url, test.secretarySubject);
  const leader = await test.connectAs(survivor.url, host);
  for (const client of [secretary, leader]) await client.sync();
  const victim = await startNode(victimDisk, { TONES: `${heardBefore}` });
  const hall = await test.moderatorSubject(1);
  const moderator = await test.connectAs(victim.url, hall);
  const asker = await test.connectAs(victim.url, await test.personSubject(1));
  for (const client of [moderator, asker]) await client.sync();

  await speakAt(victim, moderator, [300, 600]);
  await speakAt(survivor, leader, [400]);
  await callHall(test, { secretary, moderator, asker });
  const spokenAt = (isHall: boolean) =>
    captionsOf<DeskCaption>(secretary, 'desk').filter(
      ({ bridgePointId }) => (bridgePointId === hall.bridgePointId) === isHall,
    );
  await until(() => spokenAt(true).length === heardBefore);
  const { runId } = spokenAt(true)[0]!.audio;
  const heardMs = Math.max(...spokenAt(true).map(({ audio }) => audio.endMs));
  const folder = join(victimDisk, 'speech', dialogue.id);
  const sound = join(folder, `${runId}.wav`);
  const keptMs = async () => samplesIn((await stat(sound)).size) / samplesPerMs;
  await until(async () => (await keptMs()) > heardMs + keptAfterMs);

  await victim.kill();
  const killedAt = Date.now();
  quiet.shift()!();
  for (const client of [moderator, asker]) client.close();
  expect((await readdir(folder)).filter((name) => name.endsWith('.wav'))).toHaveLength(1);
  const tones = await tonesIn(sound);
  expect(tones.length).toBeGreaterThan(heardBefore);
  // What the hall said is late by then.
  await until(() => spokenAt(false).some(({ at }) => at > killedAt + lateMs + 2_000));
  expect(spokenAt(true)).toHaveLength(heardBefore);

  await startNode(victimDisk);
  await until(async () => (await unfinishedRuns(join(victimDisk, 'speech'))).length === 0);
  for (const end of quiet.splice(0)) end();
  const heard = (await createJournal(test.db).read(dialogue.id, 0)).filter(
    (entry): entry is LogEntry<'transcript.heard'> => entry.type === 'transcript.heard',
  );
  const lines = heard.map(({ payload }) => payload);
  const fromHall = lines.filter(({ bridgePointId }) => bridgePointId === hall.bridgePointId);
  expect(fromHall.map((line) => line.runId)).toEqual(tones.map(() => runId));
  for (const [index, { raw, audio, isLate }] of fromHall.entries()) {
    const { text, startMs } = tones[index]!;
    expect(Math.abs(audio.startMs - startMs)).toBeLessThan(20);
    // The last one may be cut off, on the disk or by its end.
    if (index < tones.length - 1) expect(raw).toBe(text);
    if (index >= heardBefore) expect(isLate).toBe(true);
  }
  // The other one heard its own in one piece, and nothing of it twice.
  const fromLeader = lines.filter(({ bridgePointId }) => bridgePointId !== hall.bridgePointId);
  expect(new Set(fromLeader.map((line) => line.runId)).size).toBe(1);
  const ends = fromLeader.map(({ audio }) => audio);
  expect(ends.every((audio, at) => at === 0 || audio.startMs >= ends[at - 1]!.endMs)).toBe(true);
  for (const client of [secretary, leader]) client.close();
}, 120_000);
