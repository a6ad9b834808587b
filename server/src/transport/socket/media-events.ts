import {
  type MediaRequest,
  type MediaRequestName,
  mediaRequests,
} from '@nhip-cau/shared/protocol/media';
import { authorise, may } from '../../dialogue/kernel/actor.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { MediaService } from '../../media/media-service.ts';
import type { MediaPeer } from '../../media/media-peer.ts';
import { parse } from './requests.ts';
import type { GatewaySocket } from './types.ts';

export type MediaHandler = (payload: unknown) => Promise<object>;

/**
 * The media requests of one socket. What it may publish and receive comes from its session and the
 * permission table, never from the request.
 */
export function mediaHandlers(
  socket: GatewaySocket,
  media: MediaService,
  readState: () => Promise<DialogueState>,
  onProducers: () => void,
): Map<MediaRequestName, MediaHandler> {
  const peerId = socket.id;
  const done = Promise.resolve({});
  const forget = () => {
    socket.data.producers.clear();
    onProducers();
  };
  const handlers: {
    [Name in MediaRequestName]: (request: MediaRequest<Name>) => Promise<object>;
  } = {
    'media:join': async () => {
      const peer = peerOf(socket, await readState());
      forget();
      return media.join(peer);
    },
    'media:leave': () => {
      media.leave(peerId);
      forget();
      return done;
    },
    'media:setReceiver': (request) => {
      media.setReceiver(peerId, request);
      return done;
    },
    'media:createTransport': ({ direction }) => media.createTransport(peerId, direction),
    'media:connectTransport': async (request) => {
      await media.connectTransport(peerId, request);
      return {};
    },
    'media:restartIce': (request) => media.restartIce(peerId, request),
    'media:produce': async (request) => {
      const produced = await media.produce(peerId, request);
      socket.data.producers.set(produced.producerId, request.kind);
      onProducers();
      return produced;
    },
    'media:closeProducer': ({ producerId }) => {
      media.closeProducer(peerId, producerId);
      socket.data.producers.delete(producerId);
      onProducers();
      return done;
    },
    'media:resumeConsumer': async ({ consumerId }) => {
      await media.resumeConsumer(peerId, consumerId);
      return {};
    },
  };
  const names = Object.keys(mediaRequests) as MediaRequestName[];
  return new Map(
    names.map((name) => {
      const handle = handlers[name] as (request: unknown) => Promise<object>;
      return [name, async (payload) => handle(parse(mediaRequests[name].request, payload ?? {}))];
    }),
  );
}

function peerOf(socket: GatewaySocket, state: DialogueState): MediaPeer {
  const { actor, dialogueId } = socket.data;
  const bridgePointId =
    actor.kind === 'device'
      ? actor.bridgePointId
      : may(actor, 'media.publish', { dialogueId }, state)
        ? (state.dialogue?.centralBridgePointId ?? null)
        : null;
  const mayPublish =
    bridgePointId !== null && may(actor, 'media.publish', { dialogueId, bridgePointId }, state);
  const receives = may(actor, 'media.receive', { dialogueId }, state);
  if (!receives && !mayPublish) authorise(actor, 'media.receive', { dialogueId }, state);
  return {
    peerId: socket.id,
    dialogueId,
    bridgePointId,
    canPublishFor: mayPublish ? bridgePointId : null,
    receives,
    // The map of notifications is typed by name; the emitter's overloads cannot follow a generic.
    notify: (event, payload) => {
      (socket.emit as (event: string, payload: unknown) => void)(event, payload);
    },
  };
}
