import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedTier } from '@nhip-cau/shared/protocol/media';
import type { FeedSends } from '../../src/media/media-peer.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { joinPublisher } from '../support/media-hall.ts';
import { createMediaWire } from '../support/media-wire.ts';
import type { MediaWire } from '../support/media-wire.ts';

const dialogueId = 'dialogue-1';
const wait = { timeout: 15_000 };
const both: FeedSends = { camera: true, microphone: true, screen: false };
const none: FeedSends = { camera: false, microphone: false, screen: false };
let media: MediaService;
let wire: MediaWire;
let told: FeedSends[];

beforeEach(async () => {
  wire = createMediaWire();
  told = [];
  media = await createMediaService(
    { workers: 2, listenAddress: '127.0.0.1', portMin: 0 },
    { onFeed: (_dialogueId, _bridgePointId, sends) => told.push(sends) },
    wire.open,
  );
});

afterEach(async () => {
  wire.close();
  await media.close();
});

function become(feeds: Record<string, FeedTier>): Promise<void> {
  return media.reconcile(dialogueId, {
    feeds: new Map(Object.entries(feeds)),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  });
}

describe('a feed on air of which nothing comes any more', () => {
  it('is told of as lost, though its socket lives, and again when packets come', async () => {
    const { source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await become({ 'hall-a': 'onAir' });
    await expect.poll(() => told.at(-1), wait).toEqual(both);
    source.pause();
    await expect.poll(() => told.at(-1), wait).toEqual(none);
    source.resume();
    await expect.poll(() => told.at(-1), wait).toEqual(both);
  });

  it('is heard again off air too: a held turn waits for it', async () => {
    const { source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await become({ 'hall-a': 'onAir' });
    source.pause();
    await expect.poll(() => told.at(-1), wait).toEqual(none);
    await become({ 'hall-a': 'onDeck' });
    source.resume();
    await expect.poll(() => told.at(-1), wait).toEqual(both);
  });

  it('counts as sent again when its computer comes back', async () => {
    const { peer, source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await become({ 'hall-a': 'onAir' });
    source.pause();
    await expect.poll(() => told.at(-1), wait).toEqual(none);
    media.leave(peer.peer.peerId);
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    await expect.poll(() => told.at(-1), wait).toEqual(both);
  });
});

it('a worker that hangs is a lost feed, until its computer stands on another', async () => {
  const { peer } = await joinPublisher(media, wire, dialogueId, 'hall-a');
  await become({ 'hall-a': 'onAir' });
  const [pid] = media.workerPids();
  process.kill(pid!, 'SIGSTOP');
  await expect.poll(() => told.at(-1), wait).toEqual(none);
  await expect.poll(() => peer.notified('media:reset'), wait).toEqual([{}]);
  expect(told.at(-1)).toEqual(none);
  await joinPublisher(media, wire, dialogueId, 'hall-a');
  await expect.poll(() => told.at(-1), wait).toEqual(both);
});
