/**
 * `npm run bench -- reconnect`: a city's phones drop within seconds and come back at once. Every one
 * must be current again, and the database must not be asked more for many than for few.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { captionWindow } from '@nhip-cau/shared/protocol/facts';
import { openLoadDatabase } from '../../load/database.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { startPeer } from '../support/peers.ts';
import { QueryProxy } from '../support/query-proxy.ts';
import { type Arrival, Swarm } from '../support/swarm.ts';
import { Desk } from './desk.ts';

const defaults = {
  clients: 15_000,
  few: 1_000,
  rounds: 5,
  withinMs: 5_000,
  processes: 3,
  halls: 579,
};

interface Storm {
  /** From a client's drop until it is current again, in ms. */
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Clients that had to try more than once. */
  again: number;
  /** CPU of the server a client that came back, in microseconds. */
  cpuUs: number;
  /** Queries that the database answered meanwhile. */
  queries: number;
  /** Clients that have something else than what everybody should have. */
  wrong: number;
}

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const closers: (() => Promise<unknown>)[] = [];
  try {
    return report(await compare(options, closers), options);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function compare(
  { clients, few, rounds, withinMs, processes, halls }: typeof defaults,
  closers: (() => Promise<unknown>)[],
): Promise<Map<string, Storm[]>> {
  const database = await openLoadDatabase('reconnect');
  closers.push(() => database.close());
  const seeded = await seedDialogue({
    databaseUrl: database.url,
    bridgePoints: halls,
    persons: clients + few,
  });
  const queries = await QueryProxy.open(database.url);
  closers.push(() => queries.close());
  const server = await startLoadServer({ ...database, databaseUrl: queries.url });
  closers.push(() => server.stop());
  const ws = await startPeer('ws-peer.ts');
  closers.push(() => ws.close());
  const swarm = new Swarm(processes);
  closers.push(() => swarm.close());
  const desk = await Desk.open(server.url, seeded);
  for (let line = 0; line < captionWindow; line += 1) await desk.say();

  const { dialogueId, persons } = seeded;
  const product = { url: server.url, kind: 'follower', dialogueId } as const;
  const sessions = persons.slice(0, clients);
  await swarm.connect({ ...product, group: 'many', count: clients, sessions });
  await swarm.connect({ ...product, group: 'few', count: few, sessions: persons.slice(clients) });
  const bare = { url: ws.url, kind: 'ws', dialogueId, sessions: [] } as const;
  await swarm.connect({ ...bare, group: 'ws', count: clients });
  progress(`${clients} and ${few} pages and ${clients} clients of the peer are connected`);
  const storms = new Map<string, Storm[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const group of rotated(['many', 'few', 'ws'], round)) {
      const isPeer = group === 'ws';
      // What a page is told when it comes back after a caption: the same from the peer.
      if (isPeer) ws.order({ greeting: await desk.answerToOneBehind() });
      const contender = isPeer ? ws : server;
      const asked = queries.count;
      const before = contender.usage();
      const storming = swarm.reconnect(group, withinMs);
      // While some are away something is said that all must have in the end.
      const saying = isPeer ? null : delay(withinMs / 2).then(() => desk.say());
      const arrivals = await storming;
      await saying;
      const after = contender.usage();
      const count = group === 'few' ? few : clients;
      const storm = {
        ...timesOf(arrivals),
        cpuUs: (cpuOf(after) - cpuOf(before)) / count,
        queries: isPeer ? 0 : queries.count - asked,
        wrong: isPeer ? 0 : await notCurrent(swarm, group, count, desk),
      };
      storms.set(group, [...(storms.get(group) ?? []), storm]);
      progress(`round ${round + 1}, ${group}: ${JSON.stringify(storm)}`);
    }
  }
  return storms;
}

function rotated<T>(list: readonly T[], by: number): T[] {
  return list.map((_, index) => list[(index + by) % list.length]!);
}

const cpuOf = ({ userSeconds, systemSeconds }: { userSeconds: number; systemSeconds: number }) =>
  (userSeconds + systemSeconds) * 1e6;

function timesOf(arrivals: readonly Arrival[]) {
  const times = arrivals.map(({ tookMs }) => tookMs);
  return {
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    maxMs: Math.max(...times),
    again: arrivals.filter(({ tries }) => tries > 1).length,
  };
}

/** Clients that hold something else than what the dialogue says, when all was said and delivered. */
async function notCurrent(swarm: Swarm, group: string, count: number, desk: Desk): Promise<number> {
  const digest = await desk.digest();
  let right = 0;
  for (let tries = 0; right < count && tries < 50; tries += 1) {
    if (tries > 0) await delay(200);
    right = (await swarm.boards(group)).get(digest) ?? 0;
  }
  return count - right;
}

function report(storms: Map<string, Storm[]>, { clients, few }: typeof defaults): boolean {
  const figures: Record<string, number> = { clients, few };
  const rows: (string | number)[][] = [];
  for (const [group, rounds] of storms) {
    const of = (name: keyof Storm) => median(rounds.map((storm) => storm[name]));
    const worst = (name: keyof Storm) => Math.max(...rounds.map((storm) => storm[name]));
    const row = {
      P50Ms: Math.round(of('p50Ms')),
      P99Ms: Math.round(of('p99Ms')),
      WorstMs: Math.round(worst('maxMs')),
      CpuUs: Math.round(of('cpuUs')),
      Again: worst('again'),
      Queries: worst('queries'),
      Wrong: worst('wrong'),
    };
    for (const [name, value] of Object.entries(row)) figures[`${group}${name}`] = value;
    rows.push([names[group]!, group === 'few' ? few : clients, ...Object.values(row)]);
  }
  printTable(
    [
      'server',
      'clients',
      'p50 ms',
      'p99 ms',
      'longest ms',
      'CPU us/client',
      'tried again',
      'queries',
      'not current',
    ],
    rows,
  );
  return printReport({
    name: 'reconnect',
    figures,
    targets: {
      p99Ms: atMost(figures['manyP99Ms']!, 10_000),
      notCurrent: exactly(figures['manyWrong']! + figures['fewWrong']!, 0),
      queriesOfManyBeyondFew: atMost(figures['manyQueries']! - figures['fewQueries']!, queryNoise),
    },
  });
}

const names: Record<string, string> = { many: 'product', few: 'product', ws: 'ws' };
/** Statements of the sweep of sessions, which may fall into any round. */
const queryNoise = 20;
