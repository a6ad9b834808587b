import { setImmediate } from 'node:timers/promises';
import { observer } from 'mediasoup';
import type { types } from 'mediasoup';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedTier, MediaKind } from '@nhip-cau/shared/protocol/media';
import type { DesiredStage } from '../../src/dialogue/stage/media-port.ts';
import type { MediaFailure } from '../../src/media/media-peer.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { joinPublisher, joinReceiver, produceBoth, TestPeer } from '../support/media-hall.ts';
import { createMediaWire, opusParameters } from '../support/media-wire.ts';
import type { MediaWire, RtpSink, RtpSource } from '../support/media-wire.ts';

const dialogueId = 'dialogue-1';
let media: MediaService;
let wire: MediaWire;
let failures: MediaFailure[];
let workers: types.Worker[];
let levels: { bridgePointId: string; levelDbov: number }[];

beforeEach(async () => {
  wire = createMediaWire();
  failures = [];
  levels = [];
  workers = [];
  observer.on('newworker', keepWorker);
  media = await createMediaService(
    {
      workers: 1,
      listenAddress: '127.0.0.1',
      portMin: 0,
    },
    {
      onFailure: (failure) => failures.push(failure),
      onLevels: (_, heard) => levels.push(...heard),
    },
    wire.open,
  );
});

const keepWorker = (worker: types.Worker) => workers.push(worker);

afterEach(async () => {
  observer.off('newworker', keepWorker);
  wire.close();
  await media.close();
});

function stage(feeds: Record<string, FeedTier>): DesiredStage {
  return {
    feeds: new Map(Object.entries(feeds)),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  };
}

/** Resolves when both kinds have newly arrived. */
async function arrives(sink: RtpSink): Promise<void> {
  const [audio, video] = [sink.packets('audio'), sink.packets('video')];
  await expect.poll(() => sink.packets('audio'), { timeout: 5000 }).toBeGreaterThan(audio + 5);
  await expect.poll(() => sink.packets('video'), { timeout: 5000 }).toBeGreaterThan(video + 5);
}

/** Half a second of packets leaves the source, and none of them arrives. */
async function staysSilent(source: RtpSource, sink: RtpSink): Promise<void> {
  // What the worker forwarded before it closed may still be in a socket's buffer.
  await source.sent(2);
  const before = [sink.packets('audio'), sink.packets('video')];
  await source.sent(25);
  expect([sink.packets('audio'), sink.packets('video')]).toEqual(before);
}

/** Watches this service's router from before it opens; gives the producers that stand. */
function watchProducers(): () => types.Producer[] {
  const producers: types.Producer[] = [];
  for (const worker of workers) {
    worker.observer.on('newrouter', (router) =>
      router.observer.on('newtransport', (transport) =>
        transport.observer.on('newproducer', (producer) => producers.push(producer)),
      ),
    );
  }
  return () => producers.filter(({ closed }) => !closed);
}

describe('a feed', () => {
  it('is heard and seen on air only, and falls silent with the turn', async () => {
    const { peer, source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screen = await joinReceiver(media, wire, dialogueId, 'hall-b');

    await staysSilent(source, screen.sink);
    expect(screen.peer.notified('media:consumer')).toEqual([]);

    await media.reconcile(dialogueId, stage({ 'hall-a': 'onDeck' }));
    expect(screen.peer.notified('media:consumer').map(({ kind }) => kind)).toEqual([
      'audio',
      'video',
    ]);
    await staysSilent(source, screen.sink);

    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);

    await media.reconcile(dialogueId, stage({}));
    await staysSilent(source, screen.sink);
    expect(screen.peer.notified('media:consumerClosed').flatMap((it) => it.consumerIds)).toEqual(
      screen.peer.notified('media:consumer').map(({ consumerId }) => consumerId),
    );
    expect(peer.notified('media:feed')).toEqual([
      { tier: 'standby', maxSpatialLayer: 0, microphone: 'closed' },
      { tier: 'onDeck', maxSpatialLayer: 2, microphone: 'closed' },
      { tier: 'onAir', maxSpatialLayer: 2, microphone: 'open' },
      { tier: 'standby', maxSpatialLayer: 0, microphone: 'closed' },
    ]);
    expect(failures).toEqual([]);
  });

  it('stays closed whatever its browser asks', async () => {
    const { peer, source, transportId, producerIds } = await joinPublisher(
      media,
      wire,
      dialogueId,
      'hall-a',
    );
    const screen = await joinReceiver(media, wire, dialogueId);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onDeck' }));

    await expect(produceBoth(peer, transportId)).rejects.toMatchObject({ code: 'media.limit' });
    await peer.request('media:restartIce', { transportId });
    for (const producerId of producerIds) await peer.request('media:closeProducer', { producerId });
    await produceBoth(peer, transportId);
    await staysSilent(source, screen.sink);

    await peer.request('media:leave', {});
    const again = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await staysSilent(again.source, screen.sink);
  });

  it('is opened again when its publisher comes back during its turn', async () => {
    const first = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screen = await joinReceiver(media, wire, dialogueId);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);
    media.leave(first.peer.peer.peerId);
    await staysSilent(first.source, screen.sink);

    const second = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await arrives(screen.sink);
    expect(second.peer.notified('media:feed').at(-1)).toMatchObject({ microphone: 'open' });
  });

  it('is taken over by a second computer, never two at once', async () => {
    const first = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screen = await joinReceiver(media, wire, dialogueId);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);

    const second = await joinPublisher(media, wire, dialogueId, 'hall-a');
    expect(first.peer.notified('media:replaced')).toEqual([{ group: 'device' }]);
    expect(second.peer.notified('media:replaced')).toEqual([]);
    expect(media.counts().producers).toBe(2);
    await arrives(screen.sink);
  });

  it('hands over to another, with no microphone left open', async () => {
    const a = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await joinPublisher(media, wire, dialogueId, 'hall-b');
    const besideB = await joinReceiver(media, wire, dialogueId, 'hall-b');
    const besideA = await joinReceiver(media, wire, dialogueId, 'hall-a');

    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir', 'hall-b': 'onDeck' }));
    await arrives(besideB.sink);
    await media.reconcile(dialogueId, stage({ 'hall-b': 'onAir' }));
    await arrives(besideA.sink);
    // Its own hall is never sent back to it, and hall A is off air.
    await staysSilent(a.source, besideB.sink);
  });

  it('is given the floor back over the streams that it had, which carry nothing meanwhile', async () => {
    const { source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    await joinPublisher(media, wire, dialogueId, 'hall-b');
    const screen = await joinReceiver(media, wire, dialogueId);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir', 'hall-b': 'onDeck' }));
    await arrives(screen.sink);
    const offered = screen.peer.notified('media:consumer').length;
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onDeck', 'hall-b': 'onDeck' }));
    await staysSilent(source, screen.sink);

    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir', 'hall-b': 'onDeck' }));
    await arrives(screen.sink);
    expect(screen.peer.notified('media:consumer')).toHaveLength(offered);
    expect(screen.peer.notified('media:consumerClosed')).toEqual([]);
  });

  it('ends as the newest stage says, however fast stages follow each other', async () => {
    const { source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screen = await joinReceiver(media, wire, dialogueId);
    const tiers: FeedTier[] = ['onAir', 'standby', 'onDeck', 'onAir', 'onDeck'];
    const passes = Array.from({ length: 100 }, (_, index) =>
      media.reconcile(dialogueId, stage({ 'hall-a': tiers[index % tiers.length]! })),
    );
    await Promise.all([...passes, media.reconcile(dialogueId, stage({}))]);
    await staysSilent(source, screen.sink);
    expect(media.counts().consumers).toBe(0);

    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);
    expect(failures).toEqual([]);
  });

  it.each([
    ['held and resumed at once', 'onAir', ['onDeck', 'onAir']],
    ['called and held at once', 'onDeck', ['onAir', 'onDeck']],
    ['released and called at once', 'onDeck', ['standby', 'onAir']],
  ] as const)('is what its newest stage says when it is %s', async (_what, from, through) => {
    const to = through.at(-1)!;
    const opened = watchProducers();
    const { peer, source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screen = await joinReceiver(media, wire, dialogueId);
    const open = (kind: MediaKind) => opened().some((one) => one.kind === kind && !one.paused);
    for (let round = 0; round < 100; round += 1) {
      await media.reconcile(dialogueId, stage({ 'hall-a': from }));
      const passes: Promise<void>[] = [];
      for (const tier of through) {
        passes.push(media.reconcile(dialogueId, stage({ 'hall-a': tier })));
        // Lets the pass come a little further each time before the next stage overtakes it.
        for (let turn = 0; turn < round % 25; turn += 1) await setImmediate();
      }
      await Promise.all(passes);
      expect({
        told: peer.notified('media:feed').at(-1)!.tier,
        microphone: open('audio'),
        camera: open('video'),
      }).toEqual({ told: to, microphone: to === 'onAir', camera: to === 'onAir' });
    }
    if (to === 'onAir') await arrives(screen.sink);
    else await staysSilent(source, screen.sink);
    expect(failures).toEqual([]);
  });

  it('tells how loud it is', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await expect
      .poll(() => levels.at(-1), { timeout: 5000 })
      .toEqual({ bridgePointId: 'hall-a', levelDbov: -20 });
  });
});

describe('a receiver', () => {
  it('that comes during a turn gets it at once', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    const late = await joinReceiver(media, wire, dialogueId);
    await arrives(late.sink);
  });

  it('that cannot decode does not hold up the others', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    const deaf = new TestPeer(media, dialogueId);
    const { routerRtpCapabilities } = await deaf.request('media:join', {});
    await deaf.request('media:createTransport', { direction: 'recv' });
    await deaf.request('media:setReceiver', {
      rtpCapabilities: {
        codecs: routerRtpCapabilities.codecs.map((codec) =>
          codec.kind === 'audio' ? { ...codec, mimeType: 'audio/PCMU', channels: 1 } : codec,
        ),
      },
      wantsVideo: false,
      wantsAudio: true,
      maxFeeds: 0,
    });
    const screen = await joinReceiver(media, wire, dialogueId);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);
    expect(failures.map(({ what, peerId }) => ({ what, peerId }))).toEqual([
      { what: 'receiver', peerId: deaf.peer.peerId },
    ]);
  });
});

describe('the service', () => {
  it('closes all that it opened', async () => {
    const start = media.counts();
    expect(start).toEqual({ workers: 1, routers: 0, transports: 0, producers: 0, consumers: 0 });
    const a = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screens = await Promise.all(
      Array.from({ length: 4 }, () => joinReceiver(media, wire, dialogueId)),
    );
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    expect(media.counts()).toEqual({
      workers: 1,
      routers: 1,
      transports: 5,
      producers: 2,
      consumers: 8,
    });
    for (const { peer } of [a, ...screens]) await peer.request('media:leave', {});
    expect(media.counts()).toEqual(start);

    const late = await joinReceiver(media, wire, 'dialogue-2');
    await media.closeDialogue('dialogue-2');
    expect(late.peer.notified('media:reset')).toEqual([{}]);
    expect(media.counts()).toEqual(start);

    await media.close();
    await media.close();
    expect(media.counts().workers).toBe(0);
  });

  it('replaces a worker that died, and its rooms come back with their stage', async () => {
    const a = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const screen = await joinReceiver(media, wire, dialogueId);
    await media.reconcile(dialogueId, stage({ 'hall-a': 'onAir' }));
    await arrives(screen.sink);

    process.kill(media.workerPids()[0]!, 'SIGKILL');
    await expect.poll(() => screen.peer.notified('media:reset')).toEqual([{}]);
    await expect.poll(() => a.peer.notified('media:reset')).toEqual([{}]);
    await expect(
      a.peer.request('media:createTransport', { direction: 'send' }),
    ).rejects.toMatchObject({ code: 'media.not_joined' });

    const back = await joinReceiver(media, wire, dialogueId);
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    await arrives(back.sink);
    expect(media.counts().workers).toBe(1);
  });

  it('forgets a peer that leaves while its transport is opened', async () => {
    const peer = new TestPeer(media, dialogueId);
    await peer.request('media:join', {});
    const opening = peer.request('media:createTransport', { direction: 'recv' });
    media.leave(peer.peer.peerId);
    await expect(opening).rejects.toThrow();
    expect(media.counts()).toMatchObject({ routers: 0, transports: 0 });
  });

  it('refuses with a code of its closed set', async () => {
    const viewer = await joinReceiver(media, wire, dialogueId);
    const hall = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const stranger = new TestPeer(media, dialogueId);
    const microphone = {
      source: 'microphone',
      rtpParameters: opusParameters,
      appData: {},
    } as const;
    const wants = { wantsVideo: true, wantsAudio: true, maxFeeds: 1 };
    const rtpCapabilities = { codecs: [] as never[] };

    const receive = { direction: 'recv' } as const;
    const send = { direction: 'send' } as const;
    const { transportId } = hall;

    const refusals: [string, Promise<unknown>][] = [
      ['media.not_joined', stranger.request('media:createTransport', receive)],
      ['media.not_allowed', viewer.peer.request('media:createTransport', send)],
      ['media.not_allowed', hall.peer.request('media:createTransport', receive)],
      ['media.limit', hall.peer.request('media:createTransport', send)],
      ['media.unknown_transport', viewer.peer.request('media:restartIce', { transportId })],
      ['media.not_allowed', viewer.peer.request('media:produce', { transportId, ...microphone })],
    ];
    for (const [code, refused] of refusals) await expect(refused).rejects.toMatchObject({ code });
    expect(() => viewer.peer.request('media:setReceiver', { rtpCapabilities, ...wants })).toThrow();
    for (const producerId of hall.producerIds)
      await viewer.peer.request('media:closeProducer', { producerId });
    expect(media.counts().producers).toBe(2);
  });
});
