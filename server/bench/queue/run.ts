/**
 * `npm run bench -- queue`: ten secretaries at work on a queue of five thousand, and the page of an
 * eleventh in Chromium, who scrolls and searches meanwhile.
 */
import { join } from 'node:path';
import { type LoadDatabase, openLoadDatabase } from '../../load/database.ts';
import { seedDialogue } from '../../load/seed.ts';
import { type LoadServer, startLoadServer } from '../../load/server.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { buildClient } from '../support/client.ts';
import { type HelperProcess, startHelper } from '../support/helper-process.ts';
import type { Order as BareOrder } from './bare.ts';
import { type Desk, openDesk } from './desk-page.ts';
import type { Frames } from './frames.ts';
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
  /** What the page's frames were like; and those of a bare page, with nobody at work. */
  desk: Frames;
  barePage: Frames;
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
      secretaries: options.secretaries + 1,
    });
    buildClient();
    const server = await startLoadServer({ ...database, databaseUrl: database.url });
    closers.push(() => server.stop());
    const prepared = await prepareQueue(server.url, dialogue, options.questions);
    progress(`${prepared.queued.length} in the queue, ${prepared.incoming.length} before it`);
    const secretaries = startHelper(join(import.meta.dirname, 'secretaries.ts'));
    closers.push(() => secretaries.close());
    const { dialogueId } = dialogue;
    const [session, ...others] = dialogue.secretaries;
    const connecting = { url: server.url, dialogueId, secretaries: others };
    await secretaries.ask({ order: 'connect', ...connecting, ...prepared } satisfies Order);
    const { questions } = options;
    const desk = await openDesk({ url: server.url, dialogueId, session: session!, questions });
    closers.push(() => desk.close());
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number += 1) {
      const round = await measure(options, { database, server, secretaries, desk });
      progress(
        `round ${number} of ${options.rounds}: ${JSON.stringify({ ...round, desk: undefined, barePage: undefined })}`,
      );
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
  desk: Desk;
}

async function measure(options: typeof defaults, parts: Parts): Promise<Round> {
  const { seconds, 'per-second': perSecond } = options;
  const work = () =>
    parts.secretaries.ask<Worked>({ order: 'work', seconds, perSecond } satisfies Order);
  const before = parts.server.usage();
  const worked = await work();
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
  const bareP99 = await measureBare(options, parts.database);
  const [beside, desk] = await Promise.all([work(), parts.desk.workOnDesk(seconds - 1)]);
  return {
    p99: { move: p99('move'), merge: p99('merge'), edit: p99('edit'), accept: p99('accept') },
    moveOrMergeP99: p99('move', 'merge'),
    bareP99,
    commands,
    refused: worked.refused.length + beside.refused.length,
    serverCpuMs: (cpuSeconds / commands) * 1_000,
    desk,
    barePage: await parts.desk.workOnBarePage(seconds - 1),
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
      'bare p99',
      'commands',
      'CPU ms each',
      'desk frame p99 ms',
      'longest',
      'bare frame p99 ms',
      'longest',
    ],
    rounds.map(({ p99, bareP99, commands, serverCpuMs, desk, barePage }, index) => [
      index + 1,
      ...workKinds.map((kind) => p99[kind].toFixed(1)),
      bareP99.toFixed(1),
      commands,
      serverCpuMs.toFixed(2),
      ...[desk, barePage].flatMap(({ gapsMs }) => [
        quantile(gapsMs, 0.99).toFixed(1),
        longest(gapsMs).toFixed(1),
      ]),
    ]),
  );
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  const refused = rounds.reduce((sum, round) => sum + round.refused, 0);
  const frames = (of: (round: Round) => Frames) => rounds.flatMap((round) => of(round).gapsMs);
  const deskFrames = frames(({ desk }) => desk);
  const bareFrames = frames(({ barePage }) => barePage);
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
      deskFrames: deskFrames.length,
      deskFrameP99Ms: quantile(deskFrames, 0.99),
      deskLongestFrameMs: longest(deskFrames),
      bareFrames: bareFrames.length,
      bareFrameP99Ms: quantile(bareFrames, 0.99),
      bareLongestFrameMs: longest(bareFrames),
    },
    targets: {
      moveOrMergeP99Ms: atMost(
        middle(({ moveOrMergeP99 }) => moveOrMergeP99),
        100,
      ),
      deskLongestFrameMs: atMost(longest(deskFrames), 100),
      refused: exactly(refused, 0),
    },
  });
}

const longest = (gapsMs: readonly number[]) => quantile(gapsMs, 1);
