/**
 * `npm run bench -- sfu`: what it costs to forward one packet. One recorded VP8 and Opus stream goes
 * to ever more plain SRTP receivers through the product's rooms, bare mediasoup on the same worker,
 * Debian's janus, and a program that only encrypts and sends; all in turn.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { usageOf } from '../../load/process-usage.ts';
import { mediaWorker } from '../../load/server.ts';
import { atMost, median, printReport, printTable } from '../report.ts';
import type { Target } from '../report.ts';
import { progress } from '../support/arguments.ts';
import { startBare } from './bare.ts';
import type { Contender } from './contender.ts';
import { startFloor } from './floor.ts';
import { hasJanus, startJanus } from './janus.ts';
import { compilePrograms, Receivers } from './native.ts';
import { Player } from './player.ts';
import { slopeOf } from './slope.ts';
import { recordAudio, recordVideo, together } from './recording.ts';
import type { Recording } from './recording.ts';

/** Small, so that 579 receivers of it are still far from what one core sends. */
const picture = {
  width: 320,
  height: 180,
  framesPerSecond: 10,
  bitrateKbps: 150,
  keyFrameEveryS: 4,
};
/** More than this is not what a receiver is to live with, and not what was to be measured. */
const mostLoss = 0.001;
/** A point that lost more is measured again, so often in all. */
const mostTries = 3;
/** When nothing has come for so long, all has that will; in ms. */
const settleMs = 150;

type Name = 'product' | 'bare' | 'stock' | 'janus' | 'floor';

interface Point {
  readonly receivers: number;
  /** Packets that arrived a second. */
  readonly packetsPerSecond: number;
  /** CPU of the process by packets that arrived, in microseconds. */
  readonly cpuUs: number;
  readonly userUs: number;
  readonly loss: number;
}

interface Options {
  readonly counts: number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly stock: string | undefined;
}

export async function run(args: string[]): Promise<boolean> {
  const options = optionsOf(args);
  const worker = await mediaWorker();
  const programs = await compilePrograms();
  try {
    const recording = together(
      await recordVideo(picture, options.seconds),
      await recordAudio(options.seconds),
    );
    const starts = new Map<Name, () => Promise<Contender>>([
      ['product', () => startProductLazily(worker)],
      ['bare', () => startBare(worker)],
    ]);
    if (options.stock !== undefined) starts.set('stock', () => startBare(options.stock!));
    else progress('no --stock PATH of a stock worker: our build is not compared with one');
    if (await hasJanus()) starts.set('janus', () => startJanus(worker));
    else progress('no janus on this machine (apt-get install janus): not compared with it');
    starts.set('floor', () => startFloor(programs.folder));

    const rounds: Map<Name, Point[]>[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const points = new Map<Name, Point[]>();
      const names = [...starts.keys()];
      for (const name of names.map((_, at) => names[(at + round) % names.length]!)) {
        points.set(name, await measure(starts.get(name)!, recording, options, programs.folder));
        const slope = slopeOf(taken(points.get(name)!)).toFixed(2);
        progress(`round ${round + 1}, ${name}: ${slope} us a packet`);
      }
      rounds.push(points);
    }
    return report(rounds, [...starts.keys()], options);
  } finally {
    await programs.close();
  }
}

function optionsOf(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      receivers: { type: 'string', default: '50,100,200,400,579' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      stock: { type: 'string' },
    },
  });
  return {
    counts: values.receivers.split(',').map(Number),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    stock: values.stock ?? process.env['STOCK_MEDIASOUP_WORKER_BIN'],
  };
}

/** Lets one contender grow from few receivers to many, and plays the recording to each number. */
async function measure(
  start: () => Promise<Contender>,
  recording: Recording,
  { counts }: Options,
  folder: string,
): Promise<Point[]> {
  const receivers = await Receivers.open(folder, Math.max(...counts));
  const contender = await start();
  const player = new Player(recording, contender.targets);
  const points: Point[] = [];
  try {
    let added = 0;
    for (const count of counts) {
      await contender.add(receivers.ports.slice(added, count));
      added = count;
      await untilQuiet(receivers);
      for (let tries = 0; tries < mostTries; tries += 1) {
        points.push(await measurePoint(contender, receivers, player, count));
        if (taken(points.slice(-1)).length === 1) break;
      }
    }
  } finally {
    player.close();
    await contender.close();
    receivers.close();
  }
  return points;
}

async function measurePoint(
  { pid }: Contender,
  receivers: Receivers,
  player: Player,
  count: number,
): Promise<Point> {
  const before = usageOf(pid);
  const started = performance.now();
  const sent = await player.play();
  const { arrived, tail } = await untilQuiet(receivers);
  const after = usageOf(pid);
  const seconds = (performance.now() - started) / 1_000;
  if (player.sends(tail)) throw new Error('the packets arrive as they were sent: without SRTP');
  const userSeconds = after.userSeconds - before.userSeconds;
  const systemSeconds = after.systemSeconds - before.systemSeconds;
  return {
    receivers: count,
    packetsPerSecond: arrived / seconds,
    cpuUs: ((userSeconds + systemSeconds) * 1e6) / arrived,
    userUs: (userSeconds * 1e6) / arrived,
    loss: 1 - arrived / (sent * count),
  };
}

/** What arrived, when nothing more comes: on a busy machine a worker may be behind. */
async function untilQuiet(receivers: Receivers): Promise<{ arrived: number; tail: string }> {
  for (let arrived = 0; ;) {
    await delay(settleMs);
    const { audio, video, tail } = await receivers.count();
    if (audio + video === 0) return { arrived, tail };
    arrived += audio + video;
  }
}

const taken = (points: readonly Point[]) => points.filter(({ loss }) => loss <= mostLoss);

function report(rounds: Map<Name, Point[]>[], names: Name[], { counts }: Options): boolean {
  const of = (name: Name) => rounds.map((round) => taken(round.get(name)!));
  const rejectedOf = (name: Name, count: number) =>
    rounds
      .flatMap((round) => round.get(name)!)
      .filter((point) => point.receivers === count && point.loss > mostLoss).length;
  const figures: Record<string, number> = {};
  const rows: (string | number)[][] = [];
  for (const name of names) {
    for (const count of counts) {
      const points = of(name).flatMap((round) => round.filter((p) => p.receivers === count));
      const middle = (value: (point: Point) => number) => round2(median(points.map(value)));
      const cpuUs = middle((point) => point.cpuUs);
      const userUs = middle((point) => point.userUs);
      const rate = Math.round(middle((point) => point.packetsPerSecond));
      rows.push([name, count, rate, cpuUs, userUs, rejectedOf(name, count)]);
      figures[`${name}At${count}CpuUs`] = cpuUs;
    }
    figures[`${name}SlopeUs`] = round2(median(of(name).map(slopeOf)));
  }
  printTable(['', 'receivers', 'packets/s', 'CPU us/packet', 'user us', 'rejected'], rows);
  printTable(
    ['', 'us a packet, by the slope'],
    names.map((name) => [name, figures[`${name}SlopeUs`]!]),
  );

  const ratio = (one: Name, other: Name) =>
    round2(median(rounds.map((r) => slopeOf(taken(r.get(one)!)) / slopeOf(taken(r.get(other)!)))));
  const targets: Record<string, Target> = { productByBare: atMost(ratio('product', 'bare'), 1.05) };
  figures['productByFloor'] = ratio('product', 'floor');
  if (names.includes('janus')) targets['productByJanus'] = atMost(ratio('product', 'janus'), 1);
  else console.log('productByJanus: not measured, janus is not installed');
  if (names.includes('stock')) targets['oursByStock'] = atMost(ratio('bare', 'stock'), 0.75);
  else console.log('oursByStock: not measured, no stock worker was named by --stock');
  const rejected = rows.reduce((sum, row) => sum + Number(row[5]), 0);
  figures['rejectedPoints'] = rejected;
  return printReport({ name: 'sfu', figures, targets });
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

/** Loaded when it is its turn: it is the whole of the product's media. */
async function startProductLazily(worker: string): Promise<Contender> {
  const { startProduct } = await import('./product.ts');
  return startProduct(worker);
}
