import { randomUUID } from 'node:crypto';
import { mediaRequests } from '@nhip-cau/shared/protocol/media';
import type {
  MediaNotificationName,
  MediaNotifications,
  MediaRequest,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import { mediaHandlers } from '../../src/media/handlers.ts';
import type { MediaPeer } from '../../src/media/media-peer.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { type h264Parameters, opusParameters, vp8Parameters } from './media-wire.ts';
import type { MediaWire, RtpSink, RtpSource } from './media-wire.ts';

export type PeerOptions = Partial<Omit<MediaPeer, 'peerId' | 'dialogueId' | 'notify'>>;

/** A peer as a socket would be one: each payload passes its schema, notifications are kept. */
export class TestPeer {
  readonly heard: { event: MediaNotificationName; payload: unknown }[] = [];
  readonly peer: MediaPeer;
  readonly #media: MediaService;

  constructor(media: MediaService, dialogueId: string, options: PeerOptions = {}) {
    this.#media = media;
    this.peer = {
      peerId: randomUUID(),
      dialogueId,
      bridgePointId: null,
      canPublishFor: null,
      canPresentFor: null,
      mayWatch: false,
      accountId: null,
      receives: true,
      ...options,
      notify: (event, payload) => this.#hear(event, payload),
    };
  }

  request<N extends MediaRequestName>(
    name: N,
    payload: MediaRequestInput<N>,
  ): Promise<MediaResponses[N]> {
    const parsed = mediaRequests[name].request.parse(payload) as MediaRequest<N>;
    return mediaHandlers(this.#media)[name](this.peer, parsed);
  }

  /** Payloads heard of one notification, oldest first. */
  notified<N extends MediaNotificationName>(event: N): MediaNotifications[N][] {
    return this.heard
      .filter((entry) => entry.event === event)
      .map(({ payload }) => payload as MediaNotifications[N]);
  }

  #hear(event: MediaNotificationName, payload: unknown): void {
    this.heard.push({ event, payload });
    // What a browser does: its end stands, so packets may come.
    if (event === 'media:consumer') {
      const { consumerId } = payload as MediaNotifications['media:consumer'];
      void this.request('media:resumeConsumer', { consumerId }).catch(() => {});
    }
  }
}

/** Joins a hall's computer that sends sound and picture all the time. */
export async function joinPublisher(
  media: MediaService,
  wire: MediaWire,
  dialogueId: string,
  bridgePointId: string,
): Promise<{ peer: TestPeer; source: RtpSource; transportId: string; producerIds: string[] }> {
  const peer = new TestPeer(media, dialogueId, {
    bridgePointId,
    canPublishFor: bridgePointId,
    receives: false,
  });
  await peer.request('media:join', {});
  const { id: transportId } = await peer.request('media:createTransport', { direction: 'send' });
  const source = wire.source(transportId);
  const producerIds = await produceBoth(peer, transportId);
  return { peer, source, transportId, producerIds };
}

/** Offers a microphone and a camera, as a page does after each connect. */
export async function produceBoth(
  peer: TestPeer,
  transportId: string,
  picture: typeof vp8Parameters | typeof h264Parameters = vp8Parameters,
): Promise<string[]> {
  const audio = await peer.request('media:produce', {
    transportId,
    source: 'microphone',
    rtpParameters: opusParameters,
    appData: {},
  });
  const video = await peer.request('media:produce', {
    transportId,
    source: 'camera',
    rtpParameters: picture,
    appData: {},
  });
  return [audio.producerId, video.producerId];
}

/** Joins a screen that wants everything of the stage. */
export async function joinReceiver(
  media: MediaService,
  wire: MediaWire,
  dialogueId: string,
  bridgePointId: string | null = null,
): Promise<{ peer: TestPeer; sink: RtpSink }> {
  const peer = new TestPeer(media, dialogueId, { bridgePointId });
  const { routerRtpCapabilities } = await peer.request('media:join', {});
  const { id } = await peer.request('media:createTransport', { direction: 'recv' });
  await peer.request('media:setReceiver', {
    rtpCapabilities: routerRtpCapabilities,
    wantsVideo: true,
    wantsAudio: true,
    maxFeeds: 2,
  });
  return { peer, sink: wire.sink(id) };
}
