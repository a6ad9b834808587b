import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { atLeast, exactly, printReport, printTable } from '../../bench/report.ts';
import { wholeNumber } from '../../bench/support/arguments.ts';
import type { Findings } from './checker.ts';
import { rehearse, type RehearsalResult } from './rehearsal.ts';

const earlyServer = join(import.meta.dirname, 'early-server.ts');
const shown = 20;

/** The broken server loses something in the first of them, if nobody is very lucky. */
const mostBrokenRounds = 6;
const patienceMs = 60_000;
/** What it lost is never settled. */
const brokenPatienceMs = 2_000;

/**
 * Kills, cuts, duplicates and delays under clients that keep ledgers; then the same on a server
 * that acknowledges before it commits, which must be found out. `--seed` and `--rounds` as given;
 * the other numbers for smaller ones; `--broken` plays every round on the broken server, to see what
 * is said of it.
 */
export async function run(args: string[]): Promise<boolean> {
  const { seed, rounds, questions, captions, isBroken, ...crowd } = readArgs(args);
  const size = { questionsPerRound: questions, captionsPerRound: captions, ...crowd };
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const begun = performance.now();
  // An orderly exit takes the server along.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

  say(`seed ${seed}: ${rounds} rounds of ${questions} questions by ${crowd.persons} persons`);
  const real = await rehearse({
    ...size,
    seed,
    rounds,
    patienceMs: isBroken ? brokenPatienceMs : patienceMs,
    ...(isBroken ? { program: earlyServer } : {}),
    onProgress: say,
  });
  say('the same on a server that acknowledges before it commits');
  const broken = await rehearse({
    ...size,
    seed,
    rounds: mostBrokenRounds,
    patienceMs: brokenPatienceMs,
    program: earlyServer,
    isEnough: ({ lost }) => lost.size > 0,
    onProgress: say,
  });

  const seconds = Math.round((performance.now() - begun) / 1_000);
  printCounts(real, broken);
  for (const [kind, faults] of Object.entries(real.findings) as [keyof Findings, Set<string>][]) {
    for (const fault of [...faults].slice(0, shown)) say(`${kind}: ${fault}`);
  }
  const { lost, doubled, outOfOrder, silentGaps, refused, unfounded } = real.findings;
  return printReport({
    name: 'faults questions',
    figures: { seed, rounds, seconds, ...real.counts },
    targets: {
      submissions: atLeast(real.counts.submissions, rounds * questions),
      lost: exactly(lost.size, 0),
      doubled: exactly(doubled.size, 0),
      outOfOrder: exactly(outOfOrder.size, 0),
      silentGaps: exactly(silentGaps.size, 0),
      refused: exactly(refused.size, 0),
      unfounded: exactly(unfounded.size, 0),
      unsettled: exactly(real.counts.unsettled, 0),
      brokenLogs: exactly(real.counts.brokenLogs, 0),
      brokenServerLosses: atLeast(broken.findings.lost.size, 1),
    },
  });
}

function readArgs(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '100' },
      questions: { type: 'string', default: '200' },
      persons: { type: 'string', default: '40' },
      halls: { type: 'string', default: '10' },
      secretaries: { type: 'string', default: '5' },
      // A room of more than 500 is written to in slices.
      listeners: { type: 'string', default: '560' },
      captions: { type: 'string', default: '40' },
      broken: { type: 'boolean', default: false },
    },
  });
  return {
    seed: wholeNumber(values, 'seed', 0),
    rounds: wholeNumber(values, 'rounds'),
    questions: wholeNumber(values, 'questions'),
    persons: wholeNumber(values, 'persons'),
    halls: wholeNumber(values, 'halls'),
    secretaries: wholeNumber(values, 'secretaries'),
    listeners: wholeNumber(values, 'listeners', 0),
    captions: wholeNumber(values, 'captions', 0),
    isBroken: values.broken,
  };
}

function printCounts(real: RehearsalResult, broken: RehearsalResult): void {
  const rowsOf = (name: 'counts' | 'findings') =>
    Object.keys(real[name]).map((key) => [key, sizeOf(real, name, key), sizeOf(broken, name, key)]);
  printTable(['done', 'server', 'broken server'], rowsOf('counts'));
  console.log();
  printTable(['found', 'server', 'broken server'], rowsOf('findings'));
}

function sizeOf(result: RehearsalResult, name: 'counts' | 'findings', key: string): number {
  const value = (result[name] as Record<string, number | Set<string>>)[key];
  return typeof value === 'number' ? value : (value?.size ?? 0);
}
