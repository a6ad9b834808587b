/**
 * `npm run bench -- onair`: a hall on deck is called, and every other hall must soon see it. From
 * the secretary's command over commit, stage and media to the first frame that can be decoded, at
 * each of 579 receivers of SRTP over real sockets; and what that costs the server's event loop.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { openLoadDatabase } from '../../load/database.ts';
import { LightClient } from '../../load/light-client.ts';
import { packetsOf } from '../../load/media/packets.ts';
import { readRecording } from '../../load/media/recording.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { sharedNow } from '../support/clock.ts';
import { startHelper } from '../support/helper-process.ts';
import { questionText } from '../support/questions.ts';
import type { Question, Seen } from './receivers-process.ts';
import { Speaker } from './speaker.ts';

const defaults = { receivers: 579, rounds: 5, workers: 2 };
/** Each frame of a camera in one packet, and sound in packets of 60 ms: two cores carry it to all. */
const layersKbps = [100, 110, 120];
const soundMs = 60;
const withinMs = 60_000;
/** For what the preparation has stirred up to settle. */
const restMs = 2_000;

interface Round {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  unseen: number;
  mostMessages: number;
  /** From the call until all had seen it, at the server. */
  loopMs: number;
  /** While the hall was prepared, and two consumers were made for each receiver. */
  prepareLoopMs: number;
}

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const closers: (() => unknown)[] = [];
  try {
    return report(await measure(options, closers), options);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function measure(
  { receivers, rounds, workers }: typeof defaults,
  closers: (() => unknown)[],
): Promise<Round[]> {
  const database = await openLoadDatabase('onair');
  closers.push(() => database.close());
  const seeded = await seedDialogue({
    databaseUrl: database.url,
    bridgePoints: receivers + 2,
    persons: 0,
  });
  const server = await startLoadServer({
    ...database,
    databaseUrl: database.url,
    env: { MEDIA_WORKERS: String(workers) },
    program: join(import.meta.dirname, 'server.ts'),
  });
  closers.push(() => server.stop());
  const loop: { loopAt: number; longestMs: number }[] = [];
  createInterface({ input: server.child.stdout! }).on('line', (line) => {
    if (line.startsWith('{"loopAt"')) loop.push(JSON.parse(line) as (typeof loop)[number]);
    else if (/"level":"?([4-6]0|warn|error|fatal)/.test(line)) progress(line);
  });
  const { dialogueId, halls } = seeded;
  const placeOf = (index: number) => ({
    url: server.url,
    dialogueId,
    localAddress: address(index),
  });
  const desk = await LightClient.connect({ ...placeOf(0), ...seeded.secretaries[0]! });
  closers.push(() => desk.destroy());

  const recording = readRecording();
  const sound = { ...recording.sound, frameMs: soundMs };
  const packets = packetsOf({ ...recording, sound }, layersKbps);
  const speakers = [];
  for (const [index, hall] of halls.slice(0, 2).entries()) {
    const speaker = await Speaker.open(
      placeOf(index),
      hall.moderator,
      packets,
      1_000 * (index + 1),
    );
    closers.push(() => speaker.close());
    speakers.push({ hall, client: speaker.client });
  }
  const helper = startHelper(join(import.meta.dirname, 'receivers-process.ts'));
  closers.push(() => helper.close());
  const ask = <T>(question: Question) => helper.ask<T>(question);
  await ask({
    kind: 'open',
    receivers: halls
      .slice(2)
      .map(({ screen }, index) => ({ place: placeOf(index + 2), session: screen })),
  });
  progress(`${receivers} receivers are there`);

  const found: Round[] = [];
  // The first handover has nobody to take the floor from, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const { hall, client } = speakers[round % 2]!;
    const questionId = await queue(desk, client, hall.bridgePointId, round);
    const { bridgePointId } = hall;
    const preparedAt = sharedNow();
    await send(desk, 'floor.prepare', { questionId });
    const having = await ask<number>({ kind: 'have', bridgePointId, withinMs });
    if (having < receivers) throw new Error(`only ${having} were offered the hall on deck`);
    await delay(restMs);
    const prepareLoopMs = longest(loop, preparedAt, sharedNow());
    await ask({ kind: 'expect', bridgePointId });
    const calledAt = sharedNow();
    await send(desk, 'floor.call', { questionId });
    const seen = await ask<Seen>({ kind: 'seen', withinMs });
    const seenAt = sharedNow();
    await delay(restMs);
    const times = seen.at.map((at) => (at === null ? Infinity : at - calledAt));
    const told = await ask<Seen>({ kind: 'seen', withinMs: 0 });
    if (round === 0) continue;
    found.push({
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      p99Ms: quantile(times, 0.99),
      maxMs: Math.max(...times),
      unseen: times.filter((time) => time === Infinity).length,
      mostMessages: Math.max(...told.messages),
      loopMs: longest(loop, calledAt, seenAt),
      prepareLoopMs,
    });
    progress(`round ${round}: ${JSON.stringify(found.at(-1))}`);
  }
  return found;
}

/** The longest delay told of any moment between these two. */
function longest(loop: readonly { loopAt: number; longestMs: number }[], from: number, to: number) {
  const told = loop.filter(({ loopAt }) => loopAt > from);
  const last = told.findIndex(({ loopAt }) => loopAt > to);
  const during = last < 0 ? told : told.slice(0, last + 1);
  return Math.max(0, ...during.map(({ longestMs }) => longestMs));
}

async function send<Name extends CommandName>(
  client: LightClient,
  name: Name,
  payload: CommandPayload<Name>,
): Promise<void> {
  const outcome = await client.send(name, payload);
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
}

/** A question of this hall in the queue; its id. */
async function queue(
  desk: LightClient,
  hall: LightClient,
  bridgePointId: string,
  index: number,
): Promise<string> {
  const questionId = randomUUID();
  const text = questionText(index);
  const asked = { field: null, nameVisibility: 'public', onBehalfOf: { name: null } } as const;
  await send(hall, 'question.ask', { questionId, bridgePointId, text, ...asked });
  await send(hall, 'question.forward', { questionId });
  await send(desk, 'question.accept', { questionId });
  return questionId;
}

/** Each hall an address of its own, as in a city: the server counts by them. */
const address = (index: number) => `127.9.${Math.floor(index / 250)}.${(index % 250) + 1}`;

function report(rounds: readonly Round[], options: typeof defaults): boolean {
  const columns = Object.keys(rounds[0]!) as (keyof Round)[];
  const short = (value: number) => Math.round(value * 10) / 10;
  printTable(
    ['round', ...columns],
    rounds.map((round, index) => [index + 1, ...columns.map((column) => short(round[column]))]),
  );
  const worst = (column: keyof Round) => Math.max(...rounds.map((round) => round[column]));
  const middle = (column: keyof Round) => median(rounds.map((round) => round[column]));
  return printReport({
    name: 'onair',
    figures: {
      ...options,
      ...Object.fromEntries(columns.map((column) => [column, short(middle(column))])),
    },
    targets: {
      unseen: exactly(worst('unseen'), 0),
      p95Ms: atMost(short(middle('p95Ms')), 500),
      p99Ms: atMost(short(middle('p99Ms')), 1_000),
      loopMs: atMost(short(middle('loopMs')), 50),
      prepareLoopMs: atMost(short(middle('prepareLoopMs')), 50),
      mostMessages: atMost(worst('mostMessages'), 1),
    },
  });
}
