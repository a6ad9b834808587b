import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedTier } from '@nhip-cau/shared/protocol/media';
import type { MediaFailure } from '../../src/media/media-peer.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import type { TapTrack } from '../../src/media/tap.ts';
import { joinPublisher, joinReceiver } from '../support/media-hall.ts';
import { createMediaWire } from '../support/media-wire.ts';
import type { MediaWire, RtpSink } from '../support/media-wire.ts';

const dialogueId = 'dialogue-1';
const wait = { timeout: 10_000 };
const nothing = { workers: 3, routers: 0, transports: 0, producers: 0, consumers: 0 };
let media: MediaService;
let wire: MediaWire;
let failures: MediaFailure[];

beforeEach(async () => {
  wire = createMediaWire();
  failures = [];
  media = await createMediaService(
    { workers: 3, listenAddress: '127.0.0.1', portMin: 0 },
    { onFailure: (failure) => failures.push(failure) },
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

/** Resolves when a picture has newly arrived at each. */
async function isSeen(screens: readonly { sink: RtpSink }[]): Promise<void> {
  for (const { sink } of screens) {
    const before = sink.packets('video');
    await expect.poll(() => sink.packets('video'), wait).toBeGreaterThan(before + 3);
  }
}

function join(count: number) {
  return Promise.all(Array.from({ length: count }, () => joinReceiver(media, wire, dialogueId)));
}

describe('a dialogue over three workers', () => {
  it('carries a feed to each worker once, and no longer than somebody there receives it', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screens = await join(6);
    expect(media.counts()).toMatchObject({ routers: 3, transports: 7, producers: 2, consumers: 0 });

    await become({ 'hall-a': 'onAir' });
    await isSeen(screens);
    // Two pairs of pipes, each with sound and picture once, whoever receives them there.
    expect(media.counts()).toMatchObject({
      transports: 7 + 2 * 2,
      producers: 2 + 2 * 2,
      consumers: 6 * 2 + 2 * 2,
    });

    await become({});
    expect(media.counts()).toMatchObject({ producers: 2, consumers: 0 });
    await become({ 'hall-a': 'onAir' });
    await isSeen(screens);
    for (const { peer } of screens) media.leave(peer.peer.peerId);
    await expect.poll(() => media.counts().producers, wait).toBe(2);
    expect(failures).toEqual([]);
  });

  it('loses with a worker only who stood on it, and comes back whole', async () => {
    const speaker = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screens = await join(5);
    await become({ 'hall-a': 'onAir' });
    await isSeen(screens);

    // The speaker and every third screen stand on the first worker.
    process.kill(media.workerPids()[0]!, 'SIGKILL');
    await expect.poll(() => speaker.peer.notified('media:reset'), wait).toEqual([{}]);
    const lost = screens.filter(({ peer }) => peer.notified('media:reset').length > 0);
    expect(lost).toHaveLength(1);
    const others = screens.filter((screen) => !lost.includes(screen));

    await joinPublisher(media, wire, dialogueId, 'hall-a');
    const back = await join(1);
    await isSeen([...others, ...back]);
    for (const { peer } of others) expect(peer.notified('media:reset')).toEqual([]);

    await expect.poll(() => media.counts().workers, wait).toBe(3);
    expect(failures.map(({ what }) => what)).toEqual(['worker']);
    await media.closeDialogue(dialogueId);
    expect(media.counts()).toEqual(nothing);
  });

  it('keeps its pictures when a worker without the speaker dies', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screens = await join(5);
    await become({ 'hall-a': 'onAir' });
    await isSeen(screens);
    process.kill(media.workerPids()[1]!, 'SIGKILL');
    const isLost = ({ peer }: (typeof screens)[number]) => peer.notified('media:reset').length > 0;
    await expect.poll(() => screens.filter(isLost).length, wait).toBe(2);
    const others = screens.filter((screen) => !isLost(screen));
    await isSeen(others);
    for (const { peer } of others) expect(peer.notified('media:consumerClosed')).toEqual([]);
  });
});

describe('a worker that hangs', () => {
  const hang = (index: number) => process.kill(media.workerPids()[index]!, 'SIGSTOP');

  it('keeps no picture from the screens on the other workers', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    // Twenty on each worker: more offers than are made at once.
    const screens = await join(60);
    hang(1);
    const onAir = become({ 'hall-a': 'onAir' });
    const seeing = () => screens.filter(({ sink }) => sink.packets('video') > 0).length;
    await expect.poll(seeing, wait).toBe(40);
    await onAir;
  });

  it('ends a track for those who record it when the stage does', async () => {
    const ended: string[] = [];
    const tracks: TapTrack[] = [];
    media.tap({
      handleTrack: (track) => tracks.push(track),
      handleTrackEnded: (id) => ended.push(id),
    });
    const { producerIds } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await become({ 'hall-a': 'onAir' });
    expect(tracks.map(({ id }) => id).toSorted()).toEqual(producerIds.toSorted());
    hang(0);
    const offAir = become({});
    expect(ended.toSorted()).toEqual(producerIds.toSorted());
    await offAir;
  });

  it('is killed: the floor goes on, the speaker on it is closed for sure, and all come back', async () => {
    const speaker = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const next = await joinPublisher(media, wire, dialogueId, 'hall-b');
    // The speaker's worker, the next one's, and the third of the screens'.
    const [hungPid] = media.workerPids();
    const screens = await join(6);
    await become({ 'hall-a': 'onAir', 'hall-b': 'onDeck' });
    await isSeen(screens);

    hang(0);
    await become({ 'hall-b': 'onAir' });
    // Dead, not asleep: nobody can wake it, and with it the microphone that it held open.
    expect(() => process.kill(hungPid!, 0)).toThrow('ESRCH');
    expect(speaker.peer.notified('media:reset')).toEqual([{}]);
    expect(next.peer.notified('media:reset')).toEqual([]);
    const lost = screens.filter(({ peer }) => peer.notified('media:reset').length > 0);
    const others = screens.filter((screen) => !lost.includes(screen));
    expect(others.length).toBeGreaterThan(0);
    await isSeen([...others, ...(await join(lost.length))]);
    await expect.poll(() => media.workerPids().length, wait).toBe(3);
    expect(failures.map(({ what }) => what)).toEqual(['worker', 'worker']);

    // Its hall, back, is what the stage says, and nobody is offered anything of it.
    const before = others.map(({ peer }) => peer.notified('media:consumer').length);
    const back = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await expect
      .poll(() => back.peer.notified('media:feed').at(-1), wait)
      .toMatchObject({ tier: 'standby', microphone: 'closed' });
    expect(others.map(({ peer }) => peer.notified('media:consumer').length)).toEqual(before);
  });

  it('holds up no end of the server', async () => {
    await join(3);
    hang(2);
    await media.close();
    expect(media.workerPids()).toEqual([]);
  });
});

describe('a handover', () => {
  it('tells each receiver once and asks each speaker for few key frames', async () => {
    const sources = {
      'hall-a': await joinPublisher(media, wire, dialogueId, 'hall-a'),
      'hall-b': await joinPublisher(media, wire, dialogueId, 'hall-b'),
    };
    const screens = await join(12);
    await become({ 'hall-a': 'onAir', 'hall-b': 'onDeck' });
    await isSeen(screens);
    await expect.poll(() => media.counts().consumers, wait).toBe(12 * 4 + 2 * 2 * 2);

    const heard = screens.map(({ peer }) => peer.heard.length);
    const asked = sources['hall-b'].source.keyFrameRequests();
    const seen = screens.map(({ sink }) => sink.packets('video'));
    await become({ 'hall-b': 'onAir' });
    await isSeen(screens);
    expect(seen.every((before, index) => screens[index]!.sink.packets('video') > before)).toBe(
      true,
    );
    for (const [index, { peer }] of screens.entries()) {
      const since = peer.heard.slice(heard[index]);
      expect(since.map(({ event }) => event)).toEqual(['media:consumerState']);
      expect(since[0]!.payload).toMatchObject({
        consumers: [{ paused: false }, { paused: false }],
        closed: [expect.any(String), expect.any(String)],
      });
    }
    // One for all who flowed before the camera opened; a busy machine may need some more.
    const asksNow = sources['hall-b'].source.keyFrameRequests() - asked;
    expect(asksNow).toBeGreaterThanOrEqual(1);
    expect(asksNow).toBeLessThanOrEqual(screens.length / 2);
    expect(failures).toEqual([]);
  });
});
