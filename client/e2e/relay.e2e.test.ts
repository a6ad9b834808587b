import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayFor } from '../../server/src/media/turn.ts';
import { ownAddress, startTurnRelay } from '../../server/test/support/turn-relay.ts';
import type { TurnRelay } from '../../server/test/support/turn-relay.ts';
import { launchBrowser } from './support/browsers.ts';
import { startMediaHarness } from './support/media-harness.ts';
import type { MediaHarness } from './support/media-harness.ts';
import { writeToneWav } from './support/tone.ts';

const dialogueId = 'dialogue-1';
const wait = { timeout: 30_000, interval: 200 };
let relay: TurnRelay;
let harness: MediaHarness;
let browser: Browser;
let directory: string;

beforeAll(async () => {
  const address = ownAddress();
  if (!address) throw new Error('needs an address of this machine beside the loopback ones');
  relay = await startTurnRelay(address);
  directory = await mkdtemp(join(tmpdir(), 'nhip-cau-relay-'));
  const wav = join(directory, 'tone.wav');
  await writeToneWav(wav, 600);
  const { secret } = relay;
  const urls = [`turn:${address}:${relay.port}?transport=tcp`];
  harness = await startMediaHarness(dialogueId, {
    listenAddress: address,
    iceServers: ({ peerId }) => ({
      iceServers: [relayFor({ urls, secret, hours: 1 }, peerId, Date.now())],
      iceTransportPolicy: 'relay',
    }),
  });
  browser = await launchBrowser(wav);
});
afterAll(async () => {
  await browser?.close();
  await harness?.close();
  await relay?.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(query: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => {
    const Connection = window.RTCPeerConnection;
    const made: RTCPeerConnection[] = [];
    Object.assign(window, { connections: made });
    window.RTCPeerConnection = class extends Connection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
  await page.goto(`${harness.url}${query}`);
  await page.waitForFunction(() => window.mediaPage?.state() === 'joined');
  return page;
}

/** The kinds of the page's own ends of the paths that are used, with how the relay is reached. */
function paths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const used: string[] = [];
    for (const connection of connections) {
      const stats = [...(await connection.getStats()).values()];
      const transport = stats.find(({ type }) => type === 'transport');
      const pair = stats.find(({ id }) => id === transport?.selectedCandidatePairId);
      const local = stats.find(({ id }) => id === pair?.localCandidateId);
      if (local) used.push(`${local.candidateType} ${local.relayProtocol}`);
    }
    return used;
  });
}

describe('a hall behind a network that lets out nothing but TCP', () => {
  it('is seen in another one through the relay', async () => {
    const hall = await open('?publishes=hall-a');
    const screen = await open('');
    await harness.media.reconcile(dialogueId, {
      feeds: new Map([['hall-a', 'onAir']]),
      screen: null,
      lines: new Map(),
      muted: new Set(),
    });
    const frames = async () =>
      (await screen.evaluate(() => window.mediaPage.inbound('hall-a', 'video'))).frames;
    await expect.poll(frames, wait).toBeGreaterThan(20);
    expect(await paths(hall)).toEqual(['relay tcp']);
    expect(await paths(screen)).toEqual(['relay tcp']);
    expect(harness.failures).toEqual([]);
  });
});
