/**
 * `npm run bench -- screen`: what does a hall's screen cost that shows the leader and a speaker, in
 * Chromium, beside a bare page of mediasoup-client with the same streams?
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { atMost, exactly, median, printReport, printTable } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { openChromium } from '../support/chromium.ts';
import { buildClient } from '../support/client.ts';
import { treeUsageOf, usedBetween } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { openBare } from './bare.ts';
import { recordCamera } from './camera.ts';
import { installPictureWatch, look, type Place } from './picture-watch.ts';
import { openProduct } from './product.ts';
import { incomparable, type Window, windowOf } from './window.ts';

const defaults = { rounds: 5, seconds: 20, width: 1920, height: 1080 };
type Options = typeof defaults;

const lines = 720;
const pictures = 2;
/** Until both cameras are received in full. */
const settledWithinMs = 40_000;
/** For what coming in has stirred up. */
const restMs = 4_000;
/** Rounds that may be measured again because the two pages did not do the same. */
const mostRejected = 5;

const names = ['product', 'bare'] as const;
type Name = (typeof names)[number];
type Round = Record<Name, Window>;

/** Where a page is, and what its browser must know first. */
interface Address {
  readonly url: string;
  readonly cookies: readonly { name: string; value: string; url: string }[];
}

/** A page in a Chromium of its own, with both pictures on it. */
interface Shown {
  readonly page: Page;
  /** Chromium's first process. */
  readonly pid: number;
  close(): Promise<void>;
}

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const closers: (() => unknown)[] = [];
  try {
    buildClient();
    const packets = await recordCamera();
    const { cookie, url } = await openProduct(packets, closers);
    const product = { url, cookies: [{ ...cookie, url }] };
    const bareUrl = await openBare(packets, closers);
    const laid = await placesOn(product, options);
    const bare = { url: `${bareUrl}#${encodeURIComponent(JSON.stringify(laid))}`, cookies: [] };
    return report(await measure({ product, bare }, options), options);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** Where the product's pictures lie: there the bare page's lie too. */
async function placesOn(address: Address, options: Options): Promise<readonly Place[]> {
  const shown = await show(address, options);
  try {
    return (await look(shown.page)).places;
  } finally {
    await shown.close();
  }
}

async function measure(
  addresses: Record<Name, Address>,
  options: Options,
): Promise<{ rounds: Round[]; rejected: number }> {
  const rounds: Round[] = [];
  let rejected = 0;
  while (rounds.length < options.rounds) {
    // Each is opened first as often as the other.
    const order = rounds.length % 2 === 0 ? names : names.toReversed();
    const round = await play(addresses, order, options);
    const why = incomparable(round.product, round.bare, lines);
    const which = why ? `rejected (${why})` : `round ${rounds.length + 1}`;
    progress(`${which}: ${JSON.stringify(round)}`);
    if (why === null) rounds.push(round);
    else if ((rejected += 1) > mostRejected) throw new Error('no two pages did the same');
  }
  return { rounds, rejected };
}

/**
 * Both pages at once, each in a new Chromium, over the same seconds: how fast a machine is changes
 * from minute to minute by more than the two pages differ.
 */
async function play(
  addresses: Record<Name, Address>,
  order: readonly Name[],
  options: Options,
): Promise<Round> {
  const shown = new Map<Name, Shown>();
  try {
    for (const name of order) shown.set(name, await show(addresses[name], options));
    await delay(restMs);
    const windows = order.map((name) => watch(shown.get(name)!, options.seconds));
    const watched = await Promise.all(windows);
    return Object.fromEntries(order.map((name, index) => [name, watched[index]!])) as Round;
  } finally {
    for (const { close } of shown.values()) await close();
  }
}

/** Opens the page in a new Chromium, and waits until it shows both pictures. */
async function show({ url, cookies }: Address, { width, height }: Options): Promise<Shown> {
  const { browser, pid, close } = await openChromium();
  try {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'vi-VN' });
    await context.addInitScript(installPictureWatch);
    await context.addCookies([...cookies]);
    const page = await context.newPage();
    await page.goto(url);
    const isSettled = async () => {
      const { cameras, places } = await look(page);
      const whole = cameras.filter(({ frameHeight }) => frameHeight === lines).length;
      return places.length === pictures && whole === pictures;
    };
    if (!(await until(isSettled, settledWithinMs))) {
      throw new Error(`not both pictures: ${JSON.stringify(await look(page))}`);
    }
    return { page, pid, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function watch({ page, pid }: Shown, seconds: number): Promise<Window> {
  const before = await look(page);
  const beganAt = performance.now();
  const usageBefore = treeUsageOf(pid);
  await delay(seconds * 1_000);
  const usageAfter = treeUsageOf(pid);
  const passed = (performance.now() - beganAt) / 1_000;
  return windowOf(before, await look(page), usedBetween(usageBefore, usageAfter), passed);
}

const kinds = ['browser', 'renderer', 'gpu-process', 'utility'] as const;
const short = (value: number) => Math.round(value * 1_000) / 1_000;

function report(
  { rounds, rejected }: { rounds: Round[]; rejected: number },
  options: Options,
): boolean {
  const rows = rounds.flatMap(({ product, bare }, index) =>
    [product, bare].map((window, which) => [
      index + 1,
      which === 0 ? 'product' : 'bare',
      short(window.cores),
      ...kinds.map((kind) => short(window.coresByKind[kind] ?? 0)),
      short(window.decodedPerSecond),
      short(window.shownPerSecond),
      which === 0 ? short(product.cores / bare.cores) : '',
    ]),
  );
  const heads = ['round', 'page', 'cores', ...kinds, 'decoded/s', 'shown/s', 'ratio'];
  printTable(heads, rows);
  const middle = (of: (round: Round) => number) => short(median(rounds.map(of)));
  const figures: Record<string, number> = { ...options, rejected };
  for (const name of ['product', 'bare'] as const) {
    figures[`${name}Cores`] = middle((round) => round[name].cores);
    for (const kind of kinds) {
      figures[`${name}Cores_${kind}`] = middle((round) => round[name].coresByKind[kind] ?? 0);
    }
    figures[`${name}DecodedPerSecond`] = middle((round) => round[name].decodedPerSecond);
    figures[`${name}FreezeSeconds`] = middle((round) => round[name].freezeSeconds);
  }
  return printReport({
    name: 'screen',
    figures,
    targets: {
      rounds: exactly(rounds.length, options.rounds),
      cpuByBare: atMost(
        middle(({ product, bare }) => product.cores / bare.cores),
        1.1,
      ),
    },
  });
}
