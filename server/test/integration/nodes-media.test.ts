import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import type { NodeLink } from '../../src/bus/node-link.ts';
import { BusNodeValues } from '../../src/bus/node-values.ts';
import type { DesiredStage, FeedTier } from '../../src/dialogue/stage/media-port.ts';
import { createMediaService, type MediaService } from '../../src/media/media-service.ts';
import { joinPublisher, joinReceiver, TestPeer } from '../support/media-hall.ts';
import { createMediaWire, type MediaWire, opusParameters } from '../support/media-wire.ts';
import { until } from '../support/nodes.ts';

/** One node's media, as the server has it beside others. */
interface MediaNode {
  link: NodeLink;
  values: BusNodeValues;
  media: MediaService;
}

let buses: InProcessNodes;
let wire: MediaWire;
let nodes: MediaNode[];
let failures: unknown[];
/** What halls send, at whichever node. */
let producers: types.Producer[];

beforeEach(async () => {
  buses = new InProcessNodes();
  wire = createMediaWire();
  failures = [];
  producers = [];
  nodes = [await start(1), await start(2)];
});

afterEach(async () => {
  for (const node of nodes) await stop(node);
  wire.close();
  expect(failures).toEqual([]);
});

async function start(workers: number): Promise<MediaNode> {
  const link = buses.join();
  const values = new BusNodeValues(link.bus);
  const media = await createMediaService(
    { workers, listenAddress: '127.0.0.1', portMin: 0 },
    { onFailure: (failure) => failures.push(failure) },
    async (...place) => {
      const opened = await wire.open(...place);
      opened.transport.observer.on('newproducer', (producer) => producers.push(producer));
      return opened;
    },
    { nodeId: link.bus.nodeId, values },
  );
  return { link, values, media };
}

async function stop({ link, media, values }: MediaNode): Promise<void> {
  await media.close();
  values.close();
  await link.close();
}

async function stage(dialogueId: string, feeds: Record<string, FeedTier>): Promise<void> {
  const desired: DesiredStage = {
    feeds: new Map(Object.entries(feeds)),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  };
  await Promise.all(nodes.map(({ media }) => media.reconcile(dialogueId, desired)));
}

it('carries a hall that is on air to those who receive at another node, and no longer', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  const { source } = await joinPublisher(here.media, wire, dialogueId, hall);
  const before = here.media.counts();
  const receivers = await Promise.all(
    [1, 2, 3].map(() => joinReceiver(there.media, wire, dialogueId)),
  );
  await stage(dialogueId, { [hall]: 'onDeck' });
  await until(() => receivers.every(({ peer }) => peer.notified('media:consumer').length === 2));
  await source.sent(5);
  expect(receivers.map(({ sink }) => sink.packets('audio'))).toEqual([0, 0, 0]);

  await stage(dialogueId, { [hall]: 'onAir' });
  await until(() =>
    receivers.every(({ sink }) => sink.packets('audio') > 5 && sink.packets('video') > 5),
  );

  await stage(dialogueId, {});
  await until(() => here.media.counts().transports === before.transports);
  expect(here.media.counts()).toEqual(before);
  const heard = receivers.map(({ sink }) => sink.packets('audio'));
  await source.sent(10);
  expect(receivers.map(({ sink }) => sink.packets('audio'))).toEqual(heard);
});

it('gives a hall to its newer computer, at whichever node that is', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  await stage(dialogueId, { [hall]: 'onAir' });
  const receiver = await joinReceiver(here.media, wire, dialogueId);
  const older = await joinPublisher(here.media, wire, dialogueId, hall);
  await until(() => receiver.sink.packets('audio') > 0);
  older.source.pause();

  const newer = await joinPublisher(there.media, wire, dialogueId, hall);
  await until(() => older.peer.notified('media:replaced').length > 0);
  const heard = receiver.sink.packets('audio');
  await newer.source.sent(5);
  await until(() => receiver.sink.packets('audio') > heard);
});

it('gives a hall to its newer computer, though the clock of its node is late', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  await stage(dialogueId, { [hall]: 'onAir' });
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
  const older = await joinPublisher(here.media, wire, dialogueId, hall);
  clock.mockRestore();
  const receiver = await joinReceiver(there.media, wire, dialogueId);
  await until(() => receiver.sink.packets('audio') > 0);

  const newer = await joinPublisher(there.media, wire, dialogueId, hall);
  await until(() => older.peer.notified('media:replaced').length > 0);
  await until(() => producers.filter(({ closed }) => !closed).length === 2);
  expect(newer.peer.notified('media:replaced')).toEqual([]);
});

it('keeps one of two computers that began at the same moment', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now());
  const peers = await Promise.all(
    [here, there].map(async ({ media }) => {
      const peer = new TestPeer(media, dialogueId, { canPublishFor: hall, receives: false });
      await peer.request('media:join', {});
      const { id } = await peer.request('media:createTransport', { direction: 'send' });
      return { peer, transportId: id };
    }),
  );
  const sound = { source: 'microphone', rtpParameters: opusParameters, appData: {} } as const;
  await Promise.all(
    peers.map(({ peer, transportId }) => peer.request('media:produce', { transportId, ...sound })),
  );
  clock.mockRestore();
  await until(() => producers.filter(({ closed }) => !closed).length === 1);
  expect(peers.flatMap(({ peer }) => peer.notified('media:replaced'))).toEqual([
    { group: 'device' },
  ]);
});

it('shows a hall on standby to those who watch it at another node, and to nobody else', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  await stage(dialogueId, {});
  await joinPublisher(here.media, wire, dialogueId, hall);
  const operator = new TestPeer(there.media, dialogueId, { mayWatch: true });
  const { routerRtpCapabilities: rtpCapabilities } = await operator.request('media:join', {});
  const { id } = await operator.request('media:createTransport', { direction: 'recv' });
  const sink = wire.sink(id);
  const watch = (watches: string[]) =>
    operator.request('media:setReceiver', {
      rtpCapabilities,
      wantsVideo: true,
      wantsAudio: true,
      maxFeeds: 2,
      watches,
    });
  await watch([hall]);
  await until(() => sink.packets('video') > 5);
  expect(sink.packets('audio')).toBe(0);

  // On deck somebody who watches sees it still, and who only waits for it does not.
  const screen = await joinReceiver(there.media, wire, dialogueId);
  await stage(dialogueId, { [hall]: 'onDeck' });
  await until(() => screen.peer.notified('media:consumer').length === 2);
  const shown = sink.packets('video');
  await until(() => sink.packets('video') > shown + 5);
  expect(screen.sink.packets('video')).toBe(0);

  await watch([]);
  await until(() => producers.every(({ paused }) => paused));
});

it('takes away what came from a node that is gone, and brings it again from the next', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  const receiver = await joinReceiver(there.media, wire, dialogueId);
  await joinPublisher(here.media, wire, dialogueId, hall);
  await stage(dialogueId, { [hall]: 'onAir' });
  await until(() => receiver.sink.packets('video') > 0);

  await here.link.close();
  await until(() => receiver.peer.notified('media:consumerClosed').length > 0);
  await stop(here);
  const next = await start(1);
  nodes = [next, there];
  await stage(dialogueId, { [hall]: 'onAir' });
  await joinPublisher(next.media, wire, dialogueId, hall);
  const seen = receiver.sink.packets('video');
  await until(() => receiver.sink.packets('video') > seen);
});

it('gives the tap of one node what is on air at all of them, while it is gathered', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall, leader] = [randomUUID(), randomUUID(), randomUUID()];
  const before = here.media.counts();
  const packets = new Map<string, number>();
  const ended: string[] = [];
  const brought = new Set<string>();
  there.media.tap({
    handleTrack: ({ bridgePointId, id, isGathered, onRtp, source }) => {
      if (isGathered) brought.add(bridgePointId);
      const name = `${source} ${bridgePointId}`;
      const add = (count: number) => packets.set(name, (packets.get(name) ?? 0) + count);
      add(0);
      // One that is over before it is listened to is none the worse.
      onRtp(() => add(1)).catch((error: unknown) => ended.includes(id) || failures.push(error));
    },
    handleTrackEnded: (id) => ended.push(id),
  });
  const { peer, producerIds } = await joinPublisher(here.media, wire, dialogueId, hall);
  await joinPublisher(there.media, wire, dialogueId, leader);
  await stage(dialogueId, { [leader]: 'onAir', [hall]: 'onAir' });
  const heard = (...halls: string[]) =>
    halls.every((id) =>
      ['camera', 'microphone'].every((source) => (packets.get(`${source} ${id}`) ?? 0) > 5),
    );
  await until(() => heard(leader));
  expect(packets.has(`camera ${hall}`)).toBe(false);

  // Nobody receives anything there: the tap alone has it brought.
  const release = there.media.gather(dialogueId);
  await until(() => heard(leader, hall));
  expect([...brought]).toEqual([hall]);
  await stage(dialogueId, { [leader]: 'onAir', [hall]: 'onDeck' });
  expect(ended.toSorted()).toEqual(producerIds.toSorted());

  packets.clear();
  await stage(dialogueId, { [leader]: 'onAir', [hall]: 'onAir' });
  await until(() => heard(hall));
  release();
  expect(ended.slice(2).toSorted()).toEqual(producerIds.toSorted());
  here.media.leave(peer.peer.peerId);
  await until(() => here.media.counts().transports === before.transports);
});

it('opens a room for the tap alone, and closes it with the last who gathers', async () => {
  const [here, there] = nodes as [MediaNode, MediaNode];
  const [dialogueId, hall] = [randomUUID(), randomUUID()];
  const tracks: string[] = [];
  there.media.tap({ handleTrack: ({ id }) => tracks.push(id), handleTrackEnded: () => {} });
  const releases = [there.media.gather(dialogueId), there.media.gather(dialogueId)];
  await stage(dialogueId, { [hall]: 'onAir' });
  const { producerIds } = await joinPublisher(here.media, wire, dialogueId, hall);
  await until(() => tracks.length === 2);
  expect(tracks.toSorted()).toEqual(producerIds.toSorted());
  for (const release of [releases[0]!, releases[0]!]) release();
  expect(there.media.hasRoom(dialogueId)).toBe(true);
  releases[1]!();
  expect(there.media.hasRoom(dialogueId)).toBe(false);
});
