/**
 * `npm run bench -- onair`: a hall on deck is called, and every other hall must soon see it. From
 * the secretary's command over commit, stage and media to the first frame that can be decoded, at
 * each of 579 receivers of SRTP over real sockets; beside bare mediasoup, which only resumes.
 */
import { packetsOf } from '../../load/media/packets.ts';
import { readRecording } from '../../load/media/recording.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { sharedNow } from '../support/clock.ts';
import { openBare } from './bare.ts';
import type { Contender } from './contender.ts';
import { openProduct } from './product.ts';

const defaults = { receivers: 579, rounds: 5, workers: 2 };
/** Each frame of a camera in one packet, and sound in packets of 60 ms: two cores carry it to all. */
const layersKbps = [100, 110, 120];
const soundMs = 60;
const withinMs = 20_000;

interface Round {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  unseen: number;
}

interface ProductRound extends Round {
  mostMessages: number;
  /** How long the server's event loop was held up, from the call until all had seen it. */
  loopMs: number;
  /** While the hall was prepared, and two consumers were made for each receiver. */
  prepareLoopMs: number;
}

interface Rounds {
  product: ProductRound[];
  bare: Round[];
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

async function measure(options: typeof defaults, closers: (() => unknown)[]): Promise<Rounds> {
  const recording = readRecording();
  const sound = { ...recording.sound, frameMs: soundMs };
  const packets = packetsOf({ ...recording, sound }, layersKbps);
  const product = await openProduct(options, packets, closers);
  const bare = await openBare(options, packets, closers);
  progress(`${options.receivers} receivers are there, and as many of the bare peer`);

  const rounds: Rounds = { product: [], bare: [] };
  // The first handover has nobody to take the floor from, and is not counted.
  for (let round = 0; round <= options.rounds; round += 1) {
    const productRound = async () => {
      const preparedAt = sharedNow();
      await product.prepare(round);
      const prepareLoopMs = product.loopMs(preparedAt, sharedNow());
      const { calledAt, seen } = await product.call(round, withinMs);
      const loopMs = product.loopMs(calledAt, Math.max(...seen.at.map((at) => at ?? sharedNow())));
      await product.rest();
      const mostMessages = Math.max(...seen.messages);
      return { ...timesOf(seen.at, calledAt), mostMessages, loopMs, prepareLoopMs };
    };
    const order = round % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const);
    for (const name of order) {
      const found = await (name === 'product' ? productRound() : playBare(bare, round));
      progress(`round ${round}, ${name}: ${JSON.stringify(found)}`);
      if (round > 0) (rounds[name] as Round[]).push(found);
    }
  }
  return rounds;
}

async function playBare(bare: Contender, round: number): Promise<Round> {
  await bare.prepare(round);
  const { calledAt, seen } = await bare.call(round, withinMs);
  await bare.rest();
  return timesOf(seen.at, calledAt);
}

function timesOf(seenAt: readonly (number | null)[], calledAt: number): Round {
  const times = seenAt.map((at) => (at === null ? Infinity : at - calledAt));
  return {
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    p99Ms: quantile(times, 0.99),
    maxMs: Math.max(...times),
    unseen: times.filter((time) => time === Infinity).length,
  };
}

const short = (value: number) => Math.round(value * 10) / 10;

function report({ bare, product }: Rounds, options: typeof defaults): boolean {
  const columns = Object.keys(product[0]!) as (keyof ProductRound)[];
  const ofBare = Object.keys(bare[0]!) as (keyof Round)[];
  const rows = product.flatMap((round, index) => [
    [index + 1, 'product', ...columns.map((column) => short(round[column]))],
    [index + 1, 'bare', ...ofBare.map((column) => short(bare[index]![column]))],
  ]);
  printTable(['round', 'peer', ...columns], rows);
  const middle = (column: keyof ProductRound) => short(median(product.map((it) => it[column])));
  const worst = (column: keyof ProductRound) => Math.max(...product.map((it) => it[column]));
  return printReport({
    name: 'onair',
    figures: {
      ...options,
      ...Object.fromEntries(columns.map((column) => [column, middle(column)])),
      bareP50Ms: short(median(bare.map(({ p50Ms }) => p50Ms))),
      bareP95Ms: short(median(bare.map(({ p95Ms }) => p95Ms))),
      bareP99Ms: short(median(bare.map(({ p99Ms }) => p99Ms))),
    },
    targets: {
      unseen: exactly(worst('unseen'), 0),
      p95Ms: atMost(middle('p95Ms'), 500),
      p99Ms: atMost(middle('p99Ms'), 1_000),
      loopMs: atMost(middle('loopMs'), 50),
      prepareLoopMs: atMost(middle('prepareLoopMs'), 50),
      mostMessages: atMost(worst('mostMessages'), 1),
    },
  });
}
