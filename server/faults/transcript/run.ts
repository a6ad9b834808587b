import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atLeast, exactly, printReport, printTable, quantile } from '../../bench/report.ts';
import { Random } from '../../simulator/random.ts';
import { wholeNumber, WrongArgument } from '../../bench/support/arguments.ts';
import { disturbances, planRounds } from './plan.ts';
import { rehearse, type RehearsalResult } from './rehearsal.ts';

const programs = {
  hasty: join(import.meta.dirname, 'hasty-server.ts'),
  forgetful: join(import.meta.dirname, 'forgetful-server.ts'),
};
const shown = 20;
const patienceMs = 90_000;
/** What the hasty server lost is never written. */
const brokenPatienceMs = 15_000;

/**
 * Kills, stalls and floods engines and kills servers under halls that speak numbered bursts; then,
 * in short, on a server that takes lines for written too soon and on one that forgets what it has
 * heard, which must be found out. `--seed` and `--rounds` as given; `--broken hasty|forgetful` plays
 * every round on that server.
 */
export async function run(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: String(disturbances.length) },
      broken: { type: 'string' },
    },
  });
  const { seed, broken } = values;
  const rounds = wholeNumber(values, 'rounds');
  const program = broken === undefined ? undefined : programs[broken as keyof typeof programs];
  if (broken !== undefined && program === undefined) {
    throw new WrongArgument(`--broken is one of: ${Object.keys(programs).join(', ')}`);
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const begun = performance.now();
  // An orderly exit takes the server along.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

  say(`seed ${seed}: ${rounds} rounds`);
  const real = await rehearse({
    plan: planRounds(new Random(seed).fork('plan'), rounds),
    patienceMs,
    ...(program ? { program } : {}),
    onProgress: say,
  });
  const brokenPlan = (name: string) =>
    planRounds(new Random(seed).fork(name), 1, ['serverKilledBehind']);
  say('a round on a server that takes lines for written too soon');
  const hasty = await rehearse({
    plan: brokenPlan('hasty'),
    program: programs.hasty,
    patienceMs: brokenPatienceMs,
    onProgress: say,
  });
  say('a round on a server that forgets what it has heard');
  const forgetful = await rehearse({
    plan: brokenPlan('forgetful'),
    program: programs.forgetful,
    patienceMs: brokenPatienceMs,
    onProgress: say,
  });

  for (const [kind, found] of Object.entries(real.findings) as [string, string[]][]) {
    for (const one of found.slice(0, shown)) say(`${kind}: ${one}`);
  }
  printFound({ server: real, 'hasty server': hasty, 'forgetful server': forgetful });
  const { lost, doubled, outOfOrder, wronglyMarked, unfounded } = real.findings;
  return printReport({
    name: 'faults transcript',
    figures: {
      seed: Number(seed),
      rounds,
      seconds: Math.round((performance.now() - begun) / 1_000),
      ...figuresOf(real),
    },
    targets: {
      heard: atLeast(real.bursts.heard, 10 * rounds),
      // Some rounds leave nothing to be heard late; all together do.
      ...(rounds >= disturbances.length ? { lateLines: atLeast(real.lateLines, 1) } : {}),
      lost: exactly(lost.length, 0),
      doubled: exactly(doubled.length, 0),
      outOfOrder: exactly(outOfOrder.length, 0),
      wronglyMarked: exactly(wronglyMarked.length, 0),
      unfounded: exactly(unfounded.length, 0),
      endedByItself: exactly(real.endedByItself, 0),
      hastyServerLosses: atLeast(hasty.findings.lost.length, 1),
      forgetfulServerDoubles: atLeast(forgetful.findings.doubled.length, 1),
    },
  });
}

function figuresOf(result: RehearsalResult): Record<string, number> {
  const { bursts, cueErrorsMs } = result;
  return {
    spoken: bursts.spoken,
    mustBeHeard: bursts.heard,
    mayBeHeard: bursts.perhaps,
    cannotBeHeard: bursts.unheard,
    lines: result.lines,
    lateLines: result.lateLines,
    noise: result.noise,
    runs: result.runs,
    cueErrorP50Ms: Math.round(quantile(cueErrorsMs, 0.5)),
    cueErrorP99Ms: Math.round(quantile(cueErrorsMs, 0.99)),
    engineStarts: result.engineStarts,
    engineKills: result.engineKills,
    serverKills: result.serverKills,
    settledMs: Math.round(result.settledMs),
  };
}

function printFound(results: Record<string, RehearsalResult>): void {
  const all = Object.values(results);
  const table = (head: string, ofOne: (result: RehearsalResult) => Record<string, number>) => {
    const columns = all.map(ofOne);
    printTable(
      [head, ...Object.keys(results)],
      Object.keys(columns[0]!).map((key) => [key, ...columns.map((column) => column[key]!)]),
    );
  };
  table('done', figuresOf);
  console.log();
  table('found', ({ findings }) =>
    Object.fromEntries(Object.entries(findings).map(([kind, { length }]) => [kind, length])),
  );
}
