import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BusNodeValues } from '../../src/bus/node-values.ts';
import type { NodeLink } from '../../src/bus/node-link.ts';
import { systemClock, type TimerClock } from '../../src/dialogue/kernel/timer-clock.ts';
import type { RunSound } from '../../src/dialogue/transcript/ports.ts';
import { SoundExchange } from '../../src/speech/sound-exchange.ts';
import { soundOf } from '../../src/speech/spool/shelf.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { inProcessNodes, redisNodes, type TestNodes, until } from '../support/nodes.ts';

const dialogueId = randomUUID();
/** Five pieces and a little. */
const sound = Buffer.from(Array.from({ length: 330_000 }, (_, at) => (at * 7) % 251));

let dir: string;
const closers: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-exchange-'));
  closers.push(() => rm(dir, { recursive: true }));
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Node {
  link: NodeLink;
  values: BusNodeValues;
  exchange: SoundExchange;
  /** Keeps a run's sound here. */
  keep(runId: string): Promise<void>;
  leave(): Promise<void>;
}

async function joinNode(nodes: TestNodes, name: string, clock: TimerClock): Promise<Node> {
  const link = await nodes.join();
  const values = new BusNodeValues(link.bus);
  const own = (id: string, runId: string) => soundOf(join(dir, name), { dialogueId: id, runId });
  const exchange = new SoundExchange({
    bus: link.bus,
    values,
    own,
    clock,
    onError: (error) => expect.fail(String(error)),
  });
  const leave = async () => {
    exchange.close();
    values.close();
    await link.close();
  };
  closers.push(leave);
  return {
    link,
    values,
    exchange,
    leave,
    async keep(runId) {
      await mkdir(join(dir, name, dialogueId), { recursive: true });
      await writeFile(join(dir, name, dialogueId, `${runId}.wav`), sound);
    },
  };
}

/** Three nodes that know of each other. */
async function threeOf(
  nodes: TestNodes,
  clock: TimerClock = systemClock,
): Promise<[Node, Node, Node]> {
  closers.push(() => nodes.close());
  const three: [Node, Node, Node] = [
    await joinNode(nodes, 'one', clock),
    await joinNode(nodes, 'two', clock),
    await joinNode(nodes, 'three', clock),
  ];
  await until(() => three.every(({ values }) => values.nodes().length === 2));
  return three;
}

const bytesOf = (opened: RunSound | null, from: number, to: number) =>
  buffer(opened!.read(from, to));

test.each([
  { kind: 'in one process', nodesOf: inProcessNodes },
  { kind: 'over Redis', nodesOf: redisNodes },
])('a node plays what another one has, $kind', async ({ nodesOf }) => {
  const [one, two, three] = await threeOf(await nodesOf());
  const runId = randomUUID();
  await two.keep(runId);
  for (const { exchange } of [one, two, three]) {
    const opened = await exchange.open(dialogueId, runId);
    expect(opened?.size).toBe(sound.length);
    expect(await bytesOf(opened, 0, sound.length)).toEqual(sound);
    expect(await bytesOf(opened, 65_530, 65_540)).toEqual(sound.subarray(65_530, 65_540));
    expect(await bytesOf(opened, sound.length - 1, sound.length)).toEqual(sound.subarray(-1));
  }
  expect(await one.exchange.open(dialogueId, randomUUID())).toBe(null);
  expect(await one.exchange.open('..', 'secret')).toBe(null);
});

test('all who listen at a node share its pieces, one at a time', async () => {
  const clock = new ManualClock(0);
  const [one, two] = await threeOf(await inProcessNodes(), clock);
  const runId = randomUUID();
  await two.keep(runId);
  const [first, second] = [
    (await one.exchange.open(dialogueId, runId))!.read(0, 10)[Symbol.asyncIterator](),
    (await one.exchange.open(dialogueId, runId))!.read(0, 10)[Symbol.asyncIterator](),
  ];
  let asked = 0;
  two.link.bus.subscribe('soundAsked', () => (asked += 1));
  const pieces = [first.next(), second.next()];
  await pieces[0];
  expect(asked).toBe(1);
  clock.pass(10);
  expect((await pieces[1]!).value).toEqual(sound.subarray(0, 10));
  expect(asked).toBe(2);
});

test('what another node takes away while it is played ends', async () => {
  const [one, two] = await threeOf(await inProcessNodes());
  const runId = randomUUID();
  await two.keep(runId);
  const opened = await one.exchange.open(dialogueId, runId);
  await rm(join(dir, 'two'), { recursive: true });
  await expect(bytesOf(opened, 0, 10)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a node that is silent is asked twice, and then nobody knows', async () => {
  const clock = new ManualClock(0);
  const [one, two, three] = await threeOf(await inProcessNodes(), clock);
  const runId = randomUUID();
  await two.keep(runId);
  two.exchange.close();
  let asked = 0;
  three.link.bus.subscribe('soundAsked', () => (asked += 1));
  const opening = one.exchange.open(dialogueId, runId);
  const refused = expect(opening).rejects.toMatchObject({ code: 'unavailable' });
  await until(() => asked === 1);
  clock.pass(2_000);
  await until(() => asked === 2);
  clock.pass(2_000);
  await refused;
  // Once it is gone there is nobody who could have it.
  await two.leave();
  await until(() => one.values.nodes().length === 1);
  expect(await one.exchange.open(dialogueId, runId)).toBe(null);
  await three.leave();
  await until(() => one.values.nodes().length === 0);
  expect(await one.exchange.open(dialogueId, runId)).toBe(null);
});
