import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DesiredStage } from '../../src/dialogue/stage/media-port.ts';
import type { MediaFailure } from '../../src/media/media-peer.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import type { TapTrack } from '../../src/media/tap.ts';
import { joinPublisher, joinReceiver, TestPeer } from '../support/media-hall.ts';
import { createMediaWire, opusParameters, vp8Parameters } from '../support/media-wire.ts';
import type { MediaWire } from '../support/media-wire.ts';

const dialogueId = 'dialogue-1';
const wait = { timeout: 5_000 };
let media: MediaService;
let wire: MediaWire;
let failures: MediaFailure[];

beforeEach(async () => {
  wire = createMediaWire();
  failures = [];
  media = await createMediaService(
    { workers: 1, listenAddress: '127.0.0.1', portMin: 0 },
    {
      onFailure: (failure) => failures.push(failure),
      iceServers: ({ peerId }) => ({
        iceServers: [{ urls: ['turn:t.example.vn'], username: peerId }],
      }),
    },
    wire.open,
  );
});

afterEach(async () => {
  wire.close();
  await media.close();
  expect(failures).toEqual([]);
});

function become(desired: Partial<DesiredStage>): Promise<void> {
  return media.reconcile(dialogueId, {
    feeds: new Map(),
    screen: null,
    lines: new Map(),
    muted: new Set(),
    ...desired,
  });
}

const onAir = new Map([['hall-a', 'onAir' as const]]);

/** A UDP port of this machine that counts what comes. */
async function openPort() {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const packets: Buffer[] = [];
  socket.on('message', (packet) => packets.push(packet));
  const { port } = socket.address() as AddressInfo;
  return { port, packets, close: () => socket.close() };
}

/** Offers one source over a send transport that is opened for it. */
async function send(peer: TestPeer, source: 'screen' | 'line'): Promise<void> {
  const { id: transportId } = await peer.request('media:createTransport', { direction: 'send' });
  wire.source(transportId);
  const appData = {};
  if (source === 'screen') {
    const rtpParameters = vp8Parameters;
    await peer.request('media:produce', { transportId, source, rtpParameters, appData });
  } else {
    const rtpParameters = opusParameters;
    await peer.request('media:produce', { transportId, source, rtpParameters, appData });
  }
}

describe('a screen', () => {
  it('is seen while it is on the stage, and its second computer takes it over', async () => {
    const host = { canPresentFor: 'centre', receives: false };
    const first = new TestPeer(media, dialogueId, host);
    await first.request('media:join', {});
    await send(first, 'screen');
    const hall = await joinReceiver(media, wire, dialogueId, 'hall-b');
    await become({});
    expect(hall.peer.notified('media:consumer')).toEqual([]);

    await become({ screen: 'centre' });
    expect(hall.peer.notified('media:consumer')).toMatchObject([
      { bridgePointId: 'centre', source: 'screen', kind: 'video' },
    ]);
    await expect.poll(() => hall.sink.packets('video'), wait).toBeGreaterThan(5);

    const second = new TestPeer(media, dialogueId, host);
    await second.request('media:join', {});
    await send(second, 'screen');
    expect(first.notified('media:replaced')).toEqual([{ group: 'screen' }]);
    await expect.poll(() => hall.peer.notified('media:consumer').length, wait).toBe(2);

    await become({});
    const offered = hall.peer.notified('media:consumer').map(({ consumerId }) => consumerId);
    const closed = hall.peer.notified('media:consumerClosed').flatMap((it) => it.consumerIds);
    expect(closed).toEqual(offered);
  });
});

describe('a private line', () => {
  it('is heard at its two ends only, while it is open', async () => {
    const { peer: technician, transportId } = await joinPublisher(
      media,
      wire,
      dialogueId,
      'hall-a',
    );
    const operator = new TestPeer(media, dialogueId, { mayWatch: true, accountId: 'account-1' });
    const { routerRtpCapabilities } = await operator.request('media:join', {});
    await operator.request('media:createTransport', { direction: 'recv' });
    await operator.request('media:setReceiver', {
      rtpCapabilities: routerRtpCapabilities,
      wantsVideo: false,
      wantsAudio: true,
      maxFeeds: 0,
    });
    await send(operator, 'line');
    const rtpParameters = { ...opusParameters, encodings: [{ ssrc: 3333 }] };
    const line = { transportId, source: 'line', rtpParameters, appData: {} } as const;
    await technician.request('media:produce', line);
    const other = await joinReceiver(media, wire, dialogueId, 'hall-b');
    await become({});
    expect(operator.notified('media:consumer')).toEqual([]);

    await become({ lines: new Map([['hall-a', 'account-1']]) });
    expect(operator.notified('media:consumer')).toMatchObject([
      { bridgePointId: 'hall-a', source: 'line' },
    ]);
    expect(other.peer.notified('media:consumer')).toEqual([]);
    await become({});
    expect(operator.notified('media:consumerClosed')).toHaveLength(1);
  });
});

describe('a watched hall', () => {
  it('is seen on standby by who may watch, and by nobody when the page is turned', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    const operator = new TestPeer(media, dialogueId, { mayWatch: true, accountId: 'account-1' });
    const { routerRtpCapabilities: rtpCapabilities } = await operator.request('media:join', {});
    const { id } = await operator.request('media:createTransport', { direction: 'recv' });
    const wishes = { rtpCapabilities, wantsVideo: false, wantsAudio: false, maxFeeds: 0 };
    await operator.request('media:setReceiver', { ...wishes, watches: ['hall-a'] });
    await expect.poll(() => wire.sink(id).packets('video'), wait).toBeGreaterThan(5);
    expect(wire.sink(id).packets('audio')).toBe(0);

    await operator.request('media:setReceiver', { ...wishes, watches: [] });
    await expect.poll(() => media.counts().consumers, wait).toBe(0);

    const hall = await joinReceiver(media, wire, dialogueId, 'hall-b');
    await expect(
      hall.peer.request('media:setReceiver', { ...wishes, watches: ['hall-a'] }),
    ).rejects.toMatchObject({ code: 'media.not_allowed' });
  });
});

describe('a hall that the desk has muted', () => {
  it('is seen and not heard on air, until it is unmuted', async () => {
    const { peer, source } = await joinPublisher(media, wire, dialogueId, 'hall-a');
    const { sink } = await joinReceiver(media, wire, dialogueId, 'hall-b');
    const told = () => peer.notified('media:feed').at(-1)?.microphone;
    const isSilent = async () => {
      // What the worker forwarded before it closed may still be in a socket's buffer.
      await source.sent(2);
      const before = sink.packets('audio');
      await source.sent(25);
      expect(sink.packets('audio')).toBe(before);
      expect(told()).toBe('closed');
    };
    await become({ feeds: onAir, muted: new Set(['hall-a']) });
    await expect.poll(() => sink.packets('video'), wait).toBeGreaterThan(5);
    await isSilent();

    await become({ feeds: onAir });
    await expect.poll(() => sink.packets('audio'), wait).toBeGreaterThan(5);
    expect(told()).toBe('open');

    await become({ feeds: onAir, muted: new Set(['hall-a']) });
    await isSilent();
    await become({ muted: new Set(['hall-a']) });
    await become({ feeds: onAir, muted: new Set(['hall-a']) });
    await isSilent();
  });
});

describe('the tap', () => {
  it('copies each track that is on air, and ends with it', async () => {
    const tracks = new Map<string, TapTrack>();
    const stop = media.tap({
      handleTrack: (track) => tracks.set(track.source, track),
      handleTrackEnded: (id) => {
        for (const [source, track] of tracks) if (track.id === id) tracks.delete(source);
      },
    });
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    await become({ feeds: new Map([['hall-a', 'onDeck']]) });
    expect(tracks.size).toBe(0);

    await become({ feeds: onAir });
    expect([...tracks.keys()].sort()).toEqual(['camera', 'microphone']);
    const camera = tracks.get('camera')!;
    expect(camera).toMatchObject({ dialogueId, bridgePointId: 'hall-a' });
    expect(camera.codec).toMatchObject({ mimeType: 'video/VP8', clockRate: 90_000 });

    const port = await openPort();
    const copy = await camera.copyTo({ rtpPort: port.port });
    const ofCopy = () =>
      port.packets.filter(
        (packet) =>
          packet.readUInt32BE(8) === copy.ssrc && (packet[1]! & 0x7f) === camera.codec.payloadType,
      ).length;
    await expect.poll(ofCopy, wait).toBeGreaterThan(5);

    const heard: Buffer[] = [];
    await tracks.get('microphone')!.onRtp((packet) => heard.push(packet));
    await expect.poll(() => heard.length, wait).toBeGreaterThan(5);
    expect(media.counts()).toMatchObject({ transports: 3, consumers: 2 });

    await become({});
    expect(tracks.size).toBe(0);
    expect(media.counts()).toMatchObject({ transports: 1, consumers: 0 });
    await expect(camera.copyTo({ rtpPort: port.port })).rejects.toThrow();

    await become({ feeds: onAir });
    expect(tracks.size).toBe(2);
    stop();
    port.close();
  });

  it('tells a listener that comes late what is on air', async () => {
    await joinPublisher(media, wire, dialogueId, 'hall-a');
    await become({ feeds: onAir });
    const sources: string[] = [];
    media.tap({ handleTrack: ({ source }) => sources.push(source), handleTrackEnded: () => {} });
    expect(sources.sort()).toEqual(['camera', 'microphone']);
  });
});

it('tells each peer its relays', async () => {
  const peer = new TestPeer(media, dialogueId);
  await peer.request('media:join', {});
  const { iceServers } = await peer.request('media:createTransport', { direction: 'recv' });
  expect(iceServers).toEqual([{ urls: ['turn:t.example.vn'], username: peer.peer.peerId }]);
});
