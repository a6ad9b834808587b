/**
 * `npm run bench -- join`: all bridge points of a city turn on their computers within a minute.
 * Each must see the stage soon after, beside a bare program of the same transports and consumers.
 */
import { once } from 'node:events';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mediaWorkersOf } from '../../load/children.ts';
import { openLoadDatabase } from '../../load/database.ts';
import type { BridgePointFigures } from '../../load/media/bridge-point.ts';
import { Fleet, type FleetHall, troublesOf } from '../../load/media/fleet.ts';
import { usageOf } from '../../load/process-usage.ts';
import { seedDialogue } from '../../load/seed.ts';
import { mediaWorker, startLoadServer } from '../../load/server.ts';
import { atLeast, atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { until } from '../support/until.ts';

const defaults = { bridgePoints: 579, rounds: 5, withinMs: 50_000, processes: 6 };
type Options = typeof defaults;

/**
 * What each layer of a camera comes to: of each picture one packet, so that two cores carry all of
 * them and those who send them. The leader's largest is what every hall receives.
 */
const layersKbps = [100, 110, 120];
/** A second of pictures is looked at; what comes after is received, and costs half. */
const restsAfterFrames = 15;
const limitMs = 60_000;
/** After all have begun to connect, for those that are late. */
const patienceMs = 20_000;
const halls127 = 250;

/** A server that bridge points join. */
interface Place {
  url: string;
  dialogueId: string;
  leader: FleetHall;
  halls: readonly FleetHall[];
  /** CPU seconds of all its processes since their start. */
  cpuSeconds(): number;
}

interface Round {
  /** Bridge points that saw the stage. */
  seeing: number;
  joined: number;
  /** From the first one's beginning to connect until the last one was in, in ms. */
  lastJoinedMs: number;
  pictureP50Ms: number;
  pictureP95Ms: number;
  pictureP99Ms: number;
  /** Of the server and its worker, for each bridge point, in ms. */
  cpuMs: number;
  generatorCores: number;
  rejoins: number;
}

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const rounds = { product: [] as Round[], bare: [] as Round[] };
  for (let round = 0; round < options.rounds; round += 1) {
    // Each begins as often as the other.
    const order = round % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const);
    for (const name of order) {
      const found = await (name === 'product' ? productRound(options) : bareRound(options));
      rounds[name].push(found);
      progress(`round ${round + 1}, ${name}: ${JSON.stringify(found)}`);
    }
  }
  return report(rounds, options);
}

/** A new server process and a new dialogue for each round: nothing is left of the one before. */
async function productRound(options: Options): Promise<Round> {
  const database = await openLoadDatabase('join');
  try {
    const seeded = await seedDialogue({
      databaseUrl: database.url,
      bridgePoints: options.bridgePoints,
      persons: 0,
    });
    const server = await startLoadServer({ ...database, databaseUrl: database.url });
    try {
      const { dialogueId, centralBridgePointId, host } = seeded;
      const pid = server.child.pid!;
      return await play(options, {
        url: server.url,
        dialogueId,
        leader: { bridgePointId: centralBridgePointId, ...host },
        halls: seeded.halls.map(({ bridgePointId, moderator }, index) => {
          return { bridgePointId, ...moderator, localAddress: addressOf(index) };
        }),
        cpuSeconds: () => cpuOf([pid, ...mediaWorkersOf(pid)]),
      });
    } finally {
      await server.stop();
    }
  } finally {
    await database.close();
  }
}

async function bareRound(options: Options): Promise<Round> {
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: await mediaWorker() };
  const child = fork(join(import.meta.dirname, 'bare.ts'), { env });
  try {
    const [url] = (await once(child, 'message')) as [string];
    const pid = child.pid!;
    const session = { principal: '', cookie: '' };
    return await play(options, {
      url,
      dialogueId: '',
      leader: { bridgePointId: 'leader', ...session },
      halls: Array.from({ length: options.bridgePoints }, (_, index) => {
        return { bridgePointId: `${index}`, ...session, localAddress: addressOf(index) };
      }),
      cpuSeconds: () => cpuOf([pid, ...mediaWorkersOf(pid)]),
    });
  } finally {
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  }
}

async function play({ withinMs, processes }: Options, place: Place): Promise<Round> {
  const { url, dialogueId, leader, halls } = place;
  const fleet = new Fleet(processes);
  const head = new Fleet(1);
  const common = { url, dialogueId, layersKbps, publishes: 'asTold' } as const;
  try {
    await head.open({ ...common, halls: [leader], receives: null, withinMs: 0 });
    await until(async () => (await head.figures()).every(({ isJoined }) => isJoined), patienceMs);
    const cpuBefore = place.cpuSeconds();
    const before = fleet.usage();
    const beganAt = performance.now();
    const receives = { maxFeeds: 1, wantsAudio: false, restsAfterFrames };
    await fleet.open({ ...common, halls, receives, withinMs });
    await delay(withinMs);
    await until(
      async () => (await fleet.figures()).every(({ firstPictureMs }) => firstPictureMs !== null),
      patienceMs,
    );
    const seconds = (performance.now() - beganAt) / 1000;
    const cpuSeconds = place.cpuSeconds() - cpuBefore;
    const after = fleet.usage();
    const used =
      after.userSeconds + after.systemSeconds - before.userSeconds - before.systemSeconds;
    const all = await fleet.figures();
    for (const [trouble, times] of troublesOf(all)) progress(`${trouble}: ${times} times`);
    return {
      ...timesOf(all, withinMs, processes),
      cpuMs: (1000 * cpuSeconds) / halls.length,
      generatorCores: used / seconds,
    };
  } finally {
    await Promise.all([fleet.close(), head.close()]);
  }
}

function timesOf(all: readonly BridgePointFigures[], withinMs: number, processes: number) {
  const pictures = all.map(({ firstPictureMs }) => firstPictureMs ?? Infinity);
  // They are dealt out to the processes in turn, and each lets its own come in evenly.
  const everyMs = withinMs / Math.ceil(all.length / processes);
  const inAt = all.map(({ joinedMs }, index) => {
    const place = index % Math.ceil(all.length / processes);
    return place * everyMs + (joinedMs ?? Infinity);
  });
  return {
    seeing: pictures.filter(Number.isFinite).length,
    joined: all.filter(({ isJoined }) => isJoined).length,
    lastJoinedMs: Math.round(Math.max(...inAt)),
    pictureP50Ms: quantile(pictures, 0.5),
    pictureP95Ms: quantile(pictures, 0.95),
    pictureP99Ms: quantile(pictures, 0.99),
    rejoins: all.reduce((sum, { joins }) => sum + Math.max(0, joins - 1), 0),
  };
}

const cpuOf = (pids: readonly number[]) =>
  pids.map(usageOf).reduce((sum, { userSeconds, systemSeconds }) => {
    return sum + userSeconds + systemSeconds;
  }, 0);

/** Each hall an address of its own, as in a city: the server counts by them. */
const addressOf = (index: number) =>
  `127.9.${Math.floor(index / halls127)}.${(index % halls127) + 1}`;

function report(rounds: Record<'product' | 'bare', Round[]>, options: Options): boolean {
  const figures: Record<string, number> = { ...options };
  const rows: (string | number)[][] = [];
  for (const name of ['product', 'bare'] as const) {
    const of = (figure: keyof Round) =>
      Math.round(100 * median(rounds[name].map((round) => round[figure]))) / 100;
    const names = Object.keys(rounds[name][0]!) as (keyof Round)[];
    for (const figure of names) figures[`${name}${capital(figure)}`] = of(figure);
    rows.push([name, ...columns.map((figure) => of(figure))]);
  }
  printTable(['server', ...columns], rows);
  const worst = (figure: keyof Round) => Math.max(...rounds.product.map((round) => round[figure]));
  const fewest = (figure: keyof Round) => Math.min(...rounds.product.map((round) => round[figure]));
  return printReport({
    name: 'join',
    figures,
    targets: {
      joined: exactly(fewest('joined'), options.bridgePoints),
      seeing: atLeast(fewest('seeing'), options.bridgePoints),
      lastJoinedMs: atMost(worst('lastJoinedMs'), limitMs),
      pictureP95Ms: atMost(figures['productPictureP95Ms']!, 3_000),
    },
  });
}

const columns = [
  'joined',
  'lastJoinedMs',
  'pictureP50Ms',
  'pictureP95Ms',
  'pictureP99Ms',
  'cpuMs',
  'generatorCores',
] as const satisfies readonly (keyof Round)[];

const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1);
