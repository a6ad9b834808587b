/** `npm run bench -- queue`: ten secretaries at work on a queue of five thousand. */
import { join } from 'node:path';
import { type LoadDatabase, openLoadDatabase } from '../../load/database.ts';
import { seedDialogue } from '../../load/seed.ts';
import { type LoadServer, startLoadServer } from '../../load/server.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { type HelperProcess, startHelper } from '../support/helper-process.ts';
import type { Order as BareOrder } from './bare.ts';
import { prepareQueue } from './prepare.ts';
import { type Order, type Worked, workKinds } from './secretaries.ts';

const defaults = {
  questions: 5_000,
  secretaries: 10,
  halls: 579,
  rounds: 5,
  seconds: 10,
  /** Commands of each secretary, a second. */
  'per-second': 5,
};

interface Round {
  /** p99 from sending to answer, in ms. */
  p99: Record<(typeof workKinds)[number], number>;
  moveOrMergeP99: number;
  bareP99: number;
  commands: number;
  refused: number;
  serverCpuMs: number;
}

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const database = await openLoadDatabase('bench-queue');
  const closers: (() => unknown)[] = [() => database.close()];
  try {
    const dialogue = await seedDialogue({
      databaseUrl: database.url,
      bridgePoints: options.halls,
      persons: 0,
      secretaries: options.secretaries,
    });
    const server = await startLoadServer({ ...database, databaseUrl: database.url });
    closers.push(() => server.stop());
    const prepared = await prepareQueue(server.url, dialogue, options.questions);
    progress(`${prepared.queued.length} in the queue, ${prepared.incoming.length} before it`);
    const secretaries = startHelper(join(import.meta.dirname, 'secretaries.ts'));
    closers.push(() => secretaries.close());
    const { dialogueId } = dialogue;
    const connecting = { url: server.url, dialogueId, secretaries: dialogue.secretaries };
    await secretaries.ask({ order: 'connect', ...connecting, ...prepared } satisfies Order);
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number += 1) {
      const round = await measure(options, { database, server, secretaries });
      progress(`round ${number} of ${options.rounds}: ${JSON.stringify(round)}`);
      rounds.push(round);
    }
    return report(options, rounds);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

interface Parts {
  database: LoadDatabase;
  server: LoadServer;
  secretaries: HelperProcess;
}

async function measure(options: typeof defaults, parts: Parts): Promise<Round> {
  const { seconds, 'per-second': perSecond } = options;
  const before = parts.server.usage();
  const worked = await parts.secretaries.ask<Worked>({
    order: 'work',
    seconds,
    perSecond,
  } satisfies Order);
  const after = parts.server.usage();
  for (const refusal of worked.refused.slice(0, 3)) progress(refusal);
  const { waitedMs } = worked;
  const commands = workKinds.reduce((sum, kind) => sum + waitedMs[kind].length, 0);
  const cpuSeconds =
    after.userSeconds + after.systemSeconds - before.userSeconds - before.systemSeconds;
  const p99 = (...kinds: (typeof workKinds)[number][]) =>
    quantile(
      kinds.flatMap((kind) => waitedMs[kind]),
      0.99,
    );
  return {
    p99: { move: p99('move'), merge: p99('merge'), edit: p99('edit'), accept: p99('accept') },
    moveOrMergeP99: p99('move', 'merge'),
    bareP99: await measureBare(options, parts.database),
    commands,
    refused: worked.refused.length,
    serverCpuMs: (cpuSeconds / commands) * 1_000,
  };
}

async function measureBare(options: typeof defaults, database: LoadDatabase): Promise<number> {
  const bare = startHelper(join(import.meta.dirname, 'bare.ts'));
  try {
    const { waitedMs } = await bare.ask<{ waitedMs: number[] }>({
      databaseUrl: database.url,
      rows: options.questions,
      workers: options.secretaries,
      seconds: options.seconds,
      perSecond: options['per-second'],
    } satisfies BareOrder);
    return quantile(waitedMs, 0.99);
  } finally {
    bare.close();
  }
}

function report(options: typeof defaults, rounds: Round[]): boolean {
  printTable(
    [
      'round',
      ...workKinds.map((kind) => `${kind} p99 ms`),
      'bare p99 ms',
      'commands',
      'CPU ms each',
    ],
    rounds.map(({ p99, bareP99, commands, serverCpuMs }, index) => [
      index + 1,
      ...workKinds.map((kind) => p99[kind].toFixed(1)),
      bareP99.toFixed(1),
      commands,
      serverCpuMs.toFixed(2),
    ]),
  );
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  const refused = rounds.reduce((sum, round) => sum + round.refused, 0);
  return printReport({
    name: 'queue',
    figures: {
      questions: options.questions,
      secretaries: options.secretaries,
      commandsPerSecond: options.secretaries * options['per-second'],
      rounds: rounds.length,
      moveP99Ms: middle(({ p99 }) => p99.move),
      mergeP99Ms: middle(({ p99 }) => p99.merge),
      editP99Ms: middle(({ p99 }) => p99.edit),
      acceptP99Ms: middle(({ p99 }) => p99.accept),
      bareP99Ms: middle(({ bareP99 }) => bareP99),
      serverCpuMsPerCommand: middle(({ serverCpuMs }) => serverCpuMs),
    },
    targets: {
      moveOrMergeP99Ms: atMost(
        middle(({ moveOrMergeP99 }) => moveOrMergeP99),
        100,
      ),
      refused: exactly(refused, 0),
    },
  });
}
