import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  atLeast,
  atMost,
  exactly,
  median,
  printReport,
  printTable,
  quantile,
} from '../../bench/report.ts';
import { Random } from '../../simulator/random.ts';
import { wholeNumber } from '../../bench/support/arguments.ts';
import { type Disturbance, disturbances, planRounds } from './plan.ts';
import { rehearse, type RehearsalResult } from './rehearsal.ts';

const openServer = join(import.meta.dirname, 'open-server.ts');
const shown = 20;
/** The broken server leaves the first hall's microphone open, and the second's. */
const brokenRounds = 2;
const limitMs = 3_000;

/**
 * Kills workers and servers and spoils lines under halls that send sound whatever they are told;
 * then the same, in short, on a server that leaves microphones open, which must be found out.
 * `--seed`, `--rounds` and `--halls` as given; `--broken` plays every round on the broken server.
 */
export async function run(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '16' },
      halls: { type: 'string', default: '8' },
      broken: { type: 'boolean', default: false },
    },
  });
  const { seed } = values;
  const rounds = wholeNumber(values, 'rounds');
  const halls = wholeNumber(values, 'halls');
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const begun = performance.now();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

  const plan = planRounds(new Random(seed).fork('plan'), rounds, halls);
  say(`seed ${seed}: ${rounds} rounds with ${halls} halls`);
  const common = { seed, halls, onProgress: say };
  const real = await rehearse({
    ...common,
    plan,
    ...(values.broken ? { program: openServer } : {}),
  });
  say('the same, undisturbed, on a server that leaves microphones open');
  const quiet = planRounds(new Random(seed).fork('broken'), brokenRounds, halls);
  const broken = await rehearse({
    ...common,
    plan: quiet.map((round) => ({ ...round, kind: 'none' as const })),
    program: openServer,
  });

  for (const found of [...real.openMicrophones, ...real.leaks].slice(0, shown)) say(found);
  printFound(real);
  return printReport({
    name: 'faults media',
    figures: {
      seed: Number(seed),
      rounds,
      halls,
      seconds: Math.round((performance.now() - begun) / 1_000),
      soundSent: real.soundSent,
      soundHeard: real.soundHeard,
      serverKills: real.serverKills,
      workerKills: real.workerKills,
      ...figuresOf(real),
    },
    targets: {
      // At 5 % loss a lost flight of DTLS alone costs a second: that is a figure, not a target.
      workerBackP99Ms: atMost(quantile(backOf(real, 'worker'), 0.99), limitMs),
      neverBack: exactly(neverBack(real), 0),
      openMicrophones: exactly(real.openMicrophones.length, 0),
      leaks: exactly(real.leaks.length, 0),
      endedByItself: exactly(real.endedByItself, 0),
      brokenServerOpenMicrophones: atLeast(broken.openMicrophones.length, 1),
    },
  });
}

const backOf = ({ backMs }: RehearsalResult, kind: Disturbance) => backMs.get(kind) ?? [];

const neverBack = (result: RehearsalResult) =>
  [...result.backMs.values()].flat().filter((ms) => !Number.isFinite(ms)).length;

function figuresOf(result: RehearsalResult): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const kind of disturbances) {
    const times = backOf(result, kind);
    if (times.length === 0) continue;
    figures[`${kind}BackP50Ms`] = Math.round(median(times));
    figures[`${kind}BackP99Ms`] = Math.round(quantile(times, 0.99));
    figures[`${kind}Freezes`] = result.freezes.get(kind) ?? 0;
  }
  return figures;
}

function printFound(result: RehearsalResult): void {
  printTable(
    ['disturbance', 'halls', 'back p50 ms', 'back p99 ms', 'never back', 'freezes'],
    disturbances
      .map((kind) => ({ kind, times: backOf(result, kind) }))
      .filter(({ times }) => times.length > 0)
      .map(({ kind, times }) => [
        kind,
        times.length,
        Math.round(median(times)),
        Math.round(quantile(times, 0.99)),
        times.filter((ms) => !Number.isFinite(ms)).length,
        result.freezes.get(kind) ?? 0,
      ]),
  );
}
