import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { soundOf } from '../../src/speech/spool/shelf.ts';
import { startTestApp } from '../support/app.ts';
import { createMediaWire } from '../support/media-wire.ts';
import { until } from '../support/nodes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { speakTo } from '../support/spoken-dialogue.ts';
import { callHall, captionsOf, type DeskCaption, openMicrophone } from '../support/spoken-hall.ts';
import { ToneEngine } from '../support/tone-engine.ts';

const bytesPerMs = 32;
const headerBytes = 44;
const wire = createMediaWire();
const quiet: (() => void)[] = [];
let redis: TestRedis;
let test: Awaited<ReturnType<typeof startTestApp>>;
let dirs: { one: string; other: string };
let one: App;
let other: App;

beforeAll(async () => {
  redis = await startRedis();
  test = await startTestApp({ REDIS_URL: redis.url, RECORDING_FLOOR_GB: '1' });
  const newDir = () => mkdtemp(join(tmpdir(), 'nhip-cau-node-'));
  dirs = { one: await newDir(), other: await newDir() };
  // It is home to whatever is opened before the other one is there.
  other = await startNode(dirs.other);
}, 60_000);
afterAll(async () => {
  for (const end of quiet) end();
  await one?.close();
  await other?.close();
  wire.close();
  await test.close();
  await redis.kill();
  for (const dir of Object.values(dirs)) await rm(dir, { recursive: true });
});

/** A node with a disk of its own. */
function startNode(dataDir: string): Promise<App> {
  const env = { ...test.settings, DATA_DIR: dataDir };
  const worker = { MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] };
  return test.start({
    config: loadConfig({ ...env, ...worker }, { cores: 1, isTerminal: false }),
    openTransport: wire.open,
    speechEngine: new ToneEngine(),
  });
}

const saidIn = (captions: readonly { text: string }[], pitch: number) =>
  captions.filter(({ text }) => text.includes(`${pitch}`)).length;

it('hears each microphone at the node where it comes in, and plays its sound at every other', async () => {
  const { dialogue } = test;
  const host = { kind: 'staff', accountId: dialogue.host.accountId } as const;
  const secretary = await test.connectAs(other.url, test.secretarySubject);
  const phone = await test.connectAs(other.url, await test.personSubject(2));
  const leader = await test.connectAs(other.url, host);
  for (const client of [secretary, phone, leader]) await client.sync();
  one = await startNode(dirs.one);
  const hall = await test.moderatorSubject(1);
  const moderator = await test.connectAs(one.url, hall);
  const asker = await test.connectAs(one.url, await test.personSubject(1));
  for (const client of [moderator, asker]) await client.sync();

  const hallPort = wire.port(await openMicrophone(moderator));
  const leaderPort = wire.port(await openMicrophone(leader));
  await callHall(test, { secretary, moderator, asker });
  quiet.push(speakTo(hallPort, [300, 600]), speakTo(leaderPort, [400]));
  const onPhone = () => captionsOf<{ text: string }>(phone, 'everyone');
  await until(() => [300, 600, 400].every((pitch) => saidIn(onPhone(), pitch) >= 2));
  for (const end of quiet.splice(0)) end();

  // Whoever heard one of them twice would have kept it twice.
  const atDesk = captionsOf<DeskCaption>(secretary, 'desk');
  const runs = Map.groupBy(atDesk, ({ audio }) => audio.runId);
  expect(runs.size).toBe(2);
  for (const lines of runs.values()) {
    expect(new Set(lines.map(({ bridgePointId }) => bridgePointId)).size).toBe(1);
    const ends = lines.map(({ audio }) => audio).sort((a, b) => a.startMs - b.startMs);
    expect(ends.every((audio, at) => at === 0 || audio.startMs >= ends[at - 1]!.endMs)).toBe(true);
  }
  const { audio } = atDesk.find(({ bridgePointId }) => bridgePointId === hall.bridgePointId)!;
  const soundsAt = async (dir: string) =>
    (await readdir(join(dir, 'speech', dialogue.id))).filter((name) => name.endsWith('.wav'));
  expect(await soundsAt(dirs.one)).toEqual([`${audio.runId}.wav`]);
  expect(await soundsAt(dirs.other)).toHaveLength(1);

  const [from, to] = [audio.startMs, audio.endMs].map((ms) => headerBytes + ms * bytesPerMs);
  const name = { dialogueId: dialogue.id, runId: audio.runId };
  await until(async () => (await soundOf(join(dirs.one, 'speech'), name))!.size >= to!);
  const { cookie, principal } = await test.enter(test.secretarySubject);
  const listen = ({ url }: App) =>
    fetch(`${url}/api/dialogues/${dialogue.id}/speech/${audio.runId}.wav`, {
      headers: { cookie, 'x-principal': principal, range: `bytes=${from}-${to! - 1}` },
    });
  const answers = [await listen(one), await listen(other)];
  expect(answers.map(({ status }) => status)).toEqual([206, 206]);
  const [here, there] = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  expect(there!.byteLength).toBe(to! - from!);
  expect(Buffer.from(there!)).toEqual(Buffer.from(here!));
  expect(Math.max(...new Int16Array(there!))).toBeGreaterThan(1_500);

  // While the node is away nobody has it, and afterwards everybody again.
  for (const client of [moderator, asker, secretary, phone, leader]) client.close();
  await one.close();
  await until(async () => (await listen(other)).status === 404);
  one = await startNode(dirs.one);
  await until(async () => (await listen(other)).status === 206);
}, 120_000);
