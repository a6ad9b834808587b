import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rung } from '@nhip-cau/shared/protocol/media';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { joinPublisher, TestPeer } from '../support/media-hall.ts';
import { createMediaWire } from '../support/media-wire.ts';
import type { MediaWire, RtpSink, RtpSource } from '../support/media-wire.ts';

const dialogueId = 'dialogue-1';
const wait = { timeout: 15_000 };
let media: MediaService;
let wire: MediaWire;
let source: RtpSource;
let screen: TestPeer;
let sink: RtpSink;
let become: (rung: Rung) => Promise<object>;

beforeEach(async () => {
  wire = createMediaWire();
  media = await createMediaService(
    { workers: 1, listenAddress: '127.0.0.1', portMin: 0 },
    {},
    wire.open,
  );
  ({ source } = await joinPublisher(media, wire, dialogueId, 'hall-a'));
  screen = new TestPeer(media, dialogueId);
  const { routerRtpCapabilities: rtpCapabilities } = await screen.request('media:join', {});
  const { id } = await screen.request('media:createTransport', { direction: 'recv' });
  sink = wire.sink(id);
  const wishes = { rtpCapabilities, wantsVideo: true, wantsAudio: true, maxFeeds: 2 };
  become = (rung) => screen.request('media:setReceiver', { ...wishes, rung });
  await media.reconcile(dialogueId, {
    feeds: new Map([['hall-a', 'onAir']]),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  });
});

afterEach(async () => {
  wire.close();
  await media.close();
});

async function comes(kind: 'audio' | 'video'): Promise<void> {
  const before = sink.packets(kind);
  await expect.poll(() => sink.packets(kind), wait).toBeGreaterThan(before + 5);
}

/** Whether no picture comes while half a second of packets leaves the source. */
async function rests(): Promise<boolean> {
  const before = sink.packets('video');
  await source.sent(25);
  return sink.packets('video') === before;
}

describe('a receiver down the ladder', () => {
  it('gets a still picture now and then, and its sound without a break', async () => {
    await become('still');
    await comes('video');
    for (let picture = 0; picture < 2; picture += 1) {
      await expect.poll(rests, wait).toBe(true);
      await comes('audio');
      await comes('video');
    }
    // The page is told once that it flows, and nothing of each picture.
    expect(
      screen.notified('media:consumerState').flatMap(({ consumers }) => consumers),
    ).toHaveLength(2);
  });

  it('gets sound alone, then nothing, then all again', async () => {
    await become('video');
    await comes('video');
    await become('audio');
    await expect.poll(() => media.counts().consumers, wait).toBe(1);
    await comes('audio');
    await become('captions');
    await expect.poll(() => media.counts().consumers, wait).toBe(0);
    await become('video');
    await comes('video');
    await comes('audio');
  });
});
