/**
 * `npm run bench -- wall`: an operator's wall of 579 halls in Chromium, whose pages report how their
 * line and devices are, beside a bare page that paints as many cells for as many messages.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLoadDatabase } from '../../load/database.ts';
import { usageOf } from '../../load/process-usage.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { buildClient } from '../support/client.ts';
import { type HelperProcess, startHelper } from '../support/helper-process.ts';
import type { Looked, Order } from './halls.ts';
import { type MeasuredPage, openBarePage, openWall } from './pages.ts';

const defaults = { halls: 579, rounds: 5, seconds: 10 };

/** What server and browser used while something went on, in percent of a core. */
interface Used {
  serverPercent: number;
  pagePercent: number;
}

interface Side {
  /** While the halls looked every four seconds and told what changed, less what it costs without. */
  extra: Used;
  looked: Looked;
  /** While somebody worked on the page meanwhile. */
  framesMs: number[];
}

interface Round {
  wall: Side;
  bare: Side;
  /** While every look was told: more than any day brings. */
  storm: { extra: Used; looked: Looked };
}

/** A server, its halls and a page that looks on. */
interface Setting {
  halls: HelperProcess;
  page: MeasuredPage;
  serverPid: number;
}

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const database = await openLoadDatabase('bench-wall');
  const closers: (() => unknown)[] = [() => database.close()];
  const helper = (name: string) => {
    const started = startHelper(join(import.meta.dirname, name));
    closers.push(() => started.close());
    return started;
  };
  try {
    const seeded = await seedDialogue({
      databaseUrl: database.url,
      bridgePoints: options.halls,
      persons: 0,
      secretaries: 2,
    });
    buildClient();
    const server = await startLoadServer({ ...database, databaseUrl: database.url });
    closers.push(() => server.stop());
    const { dialogueId, secretaries } = seeded;
    const halls = helper('halls.ts');
    const at = { url: server.url, dialogueId };
    const connecting = { ...at, halls: seeded.halls, desk: secretaries[1]! };
    await halls.ask({ order: 'connect', ...connecting } satisfies Order);
    const page = await openWall({ ...at, session: secretaries[0]!, halls: options.halls });
    closers.push(() => page.close());
    const wall = { halls, page, serverPid: server.child.pid! };

    const bareServer = helper('bare.ts');
    const { url } = await bareServer.ask<{ url: string }>({});
    const bareHalls = helper('halls.ts');
    const connectingBare = { url, halls: options.halls };
    await bareHalls.ask({ order: 'connectBare', ...connectingBare } satisfies Order);
    const barePage = await openBarePage(url, options.halls);
    closers.push(() => barePage.close());
    const bare = { halls: bareHalls, page: barePage, serverPid: bareServer.child.pid! };

    // Each hall's first look is told whole.
    for (const one of [wall, bare]) await look(one, 6, false);
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number += 1) {
      rounds.push(await measure(options.seconds, wall, bare));
      progress(`round ${number} of ${options.rounds}`);
    }
    return report(options, rounds);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function measure(seconds: number, wall: Setting, bare: Setting): Promise<Round> {
  const quiet = await usedDuring(wall, seconds, () => delay(seconds * 1_000));
  const side = await measureSide(seconds, wall, quiet.used);
  const storm = await usedDuring(wall, seconds, () => look(wall, seconds, true));
  const bareQuiet = await usedDuring(bare, seconds, () => delay(seconds * 1_000));
  return {
    wall: side,
    storm: { extra: less(storm.used, quiet.used), looked: storm.result },
    bare: await measureSide(seconds, bare, bareQuiet.used),
  };
}

async function measureSide(seconds: number, setting: Setting, quiet: Used): Promise<Side> {
  const told = await usedDuring(setting, seconds, () => look(setting, seconds, false));
  const [, framesMs] = await Promise.all([
    look(setting, seconds, false),
    setting.page.work(seconds),
  ]);
  return { extra: less(told.used, quiet), looked: told.result, framesMs };
}

const look = ({ halls }: Setting, seconds: number, everyLook: boolean) =>
  halls.ask<Looked>({ order: 'look', seconds, everyLook } satisfies Order);

const less = (used: Used, quiet: Used): Used => ({
  serverPercent: used.serverPercent - quiet.serverPercent,
  pagePercent: used.pagePercent - quiet.pagePercent,
});

async function usedDuring<Result>(
  { page, serverPid }: Setting,
  seconds: number,
  act: () => Promise<Result>,
): Promise<{ used: Used; result: Result }> {
  const both = async () => {
    const { userSeconds, systemSeconds } = usageOf(serverPid);
    return { server: userSeconds + systemSeconds, page: await page.cpuSeconds() };
  };
  const before = await both();
  const result = await act();
  const after = await both();
  const percent = (used: number) => (used / seconds) * 100;
  const used = {
    serverPercent: percent(after.server - before.server),
    pagePercent: percent(after.page - before.page),
  };
  return { used, result };
}

const longest = (framesMs: readonly number[]) => quantile(framesMs, 1);

function report(options: typeof defaults, rounds: Round[]): boolean {
  const { seconds } = options;
  printTable(
    [
      'round',
      'reports/s',
      'told kB/s',
      'server %',
      'page %',
      'frame p99 ms',
      'longest',
      'bare server %',
      'bare page %',
      'bare p99 ms',
      'bare longest',
      'every look: reports/s',
      'server %',
      'page %',
    ],
    rounds.map(({ wall, bare, storm }, index) => [
      index + 1,
      (wall.looked.reports / seconds).toFixed(1),
      (wall.looked.bytes / seconds / 1_000).toFixed(2),
      ...[wall, bare].flatMap(({ extra, framesMs }) => [
        extra.serverPercent.toFixed(2),
        extra.pagePercent.toFixed(2),
        quantile(framesMs, 0.99).toFixed(1),
        longest(framesMs).toFixed(1),
      ]),
      (storm.looked.reports / seconds).toFixed(0),
      storm.extra.serverPercent.toFixed(2),
      storm.extra.pagePercent.toFixed(2),
    ]),
  );
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  const frames = (of: (round: Round) => Side) => rounds.flatMap((round) => of(round).framesMs);
  const wallFrames = frames(({ wall }) => wall);
  const bareFrames = frames(({ bare }) => bare);
  const serverPercent = middle(({ wall }) => wall.extra.serverPercent);
  const pagePercent = middle(({ wall }) => wall.extra.pagePercent);
  const refused = rounds.reduce(
    (sum, { wall, storm }) => sum + wall.looked.refused + storm.looked.refused,
    0,
  );
  return printReport({
    name: 'wall',
    figures: {
      halls: options.halls,
      rounds: rounds.length,
      reportsPerSecond: middle(({ wall }) => wall.looked.reports / seconds),
      toldMessagesPerSecond: middle(({ wall }) => wall.looked.messages / seconds),
      toldBytesPerSecond: middle(({ wall }) => wall.looked.bytes / seconds),
      serverPercent,
      pagePercent,
      frames: wallFrames.length,
      frameP99Ms: quantile(wallFrames, 0.99),
      longestFrameMs: longest(wallFrames),
      bareServerPercent: middle(({ bare }) => bare.extra.serverPercent),
      barePagePercent: middle(({ bare }) => bare.extra.pagePercent),
      bareFrames: bareFrames.length,
      bareFrameP99Ms: quantile(bareFrames, 0.99),
      bareLongestFrameMs: longest(bareFrames),
      everyLookReportsPerSecond: middle(({ storm }) => storm.looked.reports / seconds),
      everyLookServerPercent: middle(({ storm }) => storm.extra.serverPercent),
      everyLookServerUsPerReport: middle(
        ({ storm }) => (storm.extra.serverPercent * seconds * 10_000) / storm.looked.reports,
      ),
      everyLookPagePercent: middle(({ storm }) => storm.extra.pagePercent),
      everyLookToldBytesPerSecond: middle(({ storm }) => storm.looked.bytes / seconds),
    },
    targets: {
      longestFrameMs: atMost(longest(wallFrames), 100),
      serverPercent: atMost(serverPercent, 1),
      pagePercent: atMost(pagePercent, 5),
      refused: exactly(refused, 0),
    },
  });
}
