import type {
  MediaRequest,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import type { MediaPeer } from './media-peer.ts';
import type { MediaService } from './media-service.ts';

export type MediaHandlers = {
  readonly [N in MediaRequestName]: (
    peer: MediaPeer,
    payload: MediaRequest<N>,
  ) => Promise<MediaResponses[N]>;
};

/** Every media request of the protocol as one call of the service; payloads validated before. */
export function mediaHandlers(media: MediaService): MediaHandlers {
  return {
    'media:join': (peer) => media.join(peer),
    'media:leave': async ({ peerId }) => {
      media.leave(peerId);
      return {};
    },
    'media:setReceiver': async ({ peerId }, request) => {
      media.setReceiver(peerId, request);
      return {};
    },
    'media:createTransport': ({ peerId }, { direction }) =>
      media.createTransport(peerId, direction),
    'media:connectTransport': async ({ peerId }, request) => {
      await media.connectTransport(peerId, request);
      return {};
    },
    'media:restartIce': ({ peerId }, request) => media.restartIce(peerId, request),
    'media:produce': ({ peerId }, request) => media.produce(peerId, request),
    'media:closeProducer': async ({ peerId }, { producerId }) => {
      media.closeProducer(peerId, producerId);
      return {};
    },
    'media:resumeConsumer': async ({ peerId }, { consumerId }) => {
      await media.resumeConsumer(peerId, consumerId);
      return {};
    },
  };
}

/** Runs the request of that name; for callers that hold any name. */
export function mediaRequest(
  handlers: MediaHandlers,
  peer: MediaPeer,
  name: MediaRequestName,
  payload: object,
): Promise<object> {
  const handle = handlers[name] as (peer: MediaPeer, payload: object) => Promise<object>;
  return handle(peer, payload);
}
