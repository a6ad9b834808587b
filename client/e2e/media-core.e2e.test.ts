import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedTier } from '@nhip-cau/shared/protocol/media';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMediaHarness } from './support/media-harness.ts';
import type { MediaHarness } from './support/media-harness.ts';
import type { MediaPage } from './support/media-page.ts';
import { writeToneWav } from './support/tone.ts';

const toneHz = 600;
const dialogueId = 'dialogue-1';
const wait = { timeout: 15_000, interval: 100 };
let harness: MediaHarness;
let browser: Browser;
let hall: Page;
let screen: Page;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nhip-cau-media-'));
  const wav = join(directory, 'tone.wav');
  await writeToneWav(wav, toneHz);
  harness = await startMediaHarness(dialogueId);
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}`,
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
  [hall, screen] = await Promise.all([open('?publishes=hall-a'), open('')]);
});

afterAll(async () => {
  await browser?.close();
  await harness?.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(query: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => harness.failures.push(error));
  await page.goto(`${harness.url}${query}`);
  await page.waitForFunction(() => window.mediaPage?.state() === 'joined');
  return page;
}

/** Calls a method of the page's `window.mediaPage`. */
async function ask<M extends keyof MediaPage>(
  page: Page,
  method: M,
  ...parameters: Parameters<MediaPage[M]>
): Promise<Awaited<ReturnType<MediaPage[M]>>> {
  return page.evaluate(
    ([name, args]) =>
      (window.mediaPage?.[name as keyof MediaPage] as (...args: unknown[]) => unknown)?.(
        ...(args as unknown[]),
      ),
    [method, parameters] as const,
  ) as Promise<Awaited<ReturnType<MediaPage[M]>>>;
}

function become(tier: FeedTier): Promise<void> {
  return harness.media.reconcile(dialogueId, {
    feeds: new Map([['hall-a', tier]]),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  });
}

async function largerLayersBytes(): Promise<number> {
  const [, middle = 0, largest = 0] = await ask(hall, 'sentByLayer');
  return middle + largest;
}

async function isSeenAndHeard(): Promise<void> {
  await expect
    .poll(() => ask(screen, 'feeds'), wait)
    .toEqual([{ bridgePointId: 'hall-a', audio: 'flowing', video: 'flowing' }]);
  const { frames } = await ask(screen, 'inbound', 'hall-a', 'video');
  await expect
    .poll(async () => (await ask(screen, 'inbound', 'hall-a', 'video')).frames, wait)
    .toBeGreaterThan(frames + 10);
  const heardHz = await ask(screen, 'loudestHz', 'hall-a');
  expect(Math.abs(heardHz - toneHz)).toBeLessThan(15);
}

describe('the media core in Chromium', () => {
  it('on standby sends its smallest layer only and is received by nobody', async () => {
    await expect
      .poll(() => ask(hall, 'published'), wait)
      .toEqual({
        tier: 'standby',
        microphone: 'closed',
      });
    const before = await ask(hall, 'sentByLayer');
    expect(before).toHaveLength(3);
    await expect
      .poll(async () => (await ask(hall, 'sentByLayer'))[0]! - before[0]!, wait)
      .toBeGreaterThan(10_000);
    const after = await ask(hall, 'sentByLayer');
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(await ask(screen, 'feeds')).toEqual([]);
  });

  it('hears its own microphone while the server keeps it closed', async () => {
    // The tone is written at -6 dBFS, a sine's mean is 3 dB less.
    await expect.poll(() => ask(hall, 'localLevelDbfs'), wait).toBeGreaterThan(-15);
    expect(await ask(hall, 'published')).toMatchObject({ microphone: 'closed' });
  });

  it('on deck is offered and paused, on air seen in a larger size and heard', async () => {
    await become('onDeck');
    await expect
      .poll(() => ask(screen, 'feeds'), wait)
      .toEqual([{ bridgePointId: 'hall-a', audio: 'paused', video: 'paused' }]);
    // What being on deck is for: larger pictures are under way before anybody sees them.
    await expect.poll(largerLayersBytes, wait).toBeGreaterThan(30_000);
    expect((await ask(screen, 'inbound', 'hall-a', 'audio')).packets).toBe(0);
    expect((await ask(screen, 'inbound', 'hall-a', 'video')).packets).toBe(0);

    await become('onAir');
    await isSeenAndHeard();
    expect(await ask(hall, 'published')).toEqual({ tier: 'onAir', microphone: 'open' });
    // The smallest layer has 180 lines; whether 360 or 720 is the machine's affair.
    await expect
      .poll(async () => (await ask(screen, 'inbound', 'hall-a', 'video')).height, wait)
      .toBeGreaterThanOrEqual(360);
  });

  it('receives sound alone down the ladder, and pictures again', async () => {
    expect(await ask(screen, 'rung')).toBe('video');
    await ask(screen, 'setRung', 'audio');
    await expect
      .poll(() => ask(screen, 'feeds'), wait)
      .toEqual([{ bridgePointId: 'hall-a', audio: 'flowing', video: 'none' }]);
    await ask(screen, 'setRung', 'captions');
    await expect.poll(() => ask(screen, 'feeds'), wait).toEqual([]);
    await ask(screen, 'setRung', 'video');
    await isSeenAndHeard();
  });

  it('repairs a broken line with an ICE restart, without joining anew', async () => {
    const before = harness.requests.length;
    const since = () => harness.requests.slice(before);
    // A halted worker is a line without an echo; signalling goes on beside it.
    const pid = harness.media.workerPids()[0]!;
    process.kill(pid, 'SIGSTOP');
    try {
      await expect.poll(since, wait).toContain('media:restartIce');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await isSeenAndHeard();
    expect(since()).not.toContain('media:join');
  });

  it('tries its paths anew at once when the network changes', async () => {
    const before = harness.requests.length;
    const since = () => harness.requests.slice(before);
    for (const page of [hall, screen]) {
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
    }
    await expect
      .poll(() => since().filter((name) => name === 'media:restartIce').length, wait)
      .toBeGreaterThanOrEqual(2);
    await isSeenAndHeard();
    expect(since()).not.toContain('media:join');
  });

  it('comes back by itself when the media worker dies during the turn', async () => {
    process.kill(harness.media.workerPids()[0]!, 'SIGKILL');
    await expect
      .poll(async () => (await ask(screen, 'states')).slice(-2), wait)
      .toEqual(['recovering', 'joined']);
    await isSeenAndHeard();
    harness.failures.splice(0);
  });

  it('is gone from every screen when the turn ends', async () => {
    await become('standby');
    await expect.poll(() => ask(screen, 'feeds'), wait).toEqual([]);
    expect(harness.media.counts().consumers).toBe(0);
    expect(await ask(hall, 'published')).toEqual({ tier: 'standby', microphone: 'closed' });
  });

  it('leaves nothing behind', async () => {
    expect(await ask(hall, 'failures')).toEqual([]);
    expect(await ask(screen, 'failures')).toEqual([]);
    expect(harness.failures).toEqual([]);
    await Promise.all([ask(hall, 'close'), ask(screen, 'close')]);
    await expect
      .poll(() => harness.media.counts(), wait)
      .toEqual({
        workers: 1,
        routers: 0,
        transports: 0,
        producers: 0,
        consumers: 0,
      });
  });
});
