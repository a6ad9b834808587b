import { type MediaRequestName, mediaRequests } from '@nhip-cau/shared/protocol/media';
import { authorise, may } from '../../dialogue/kernel/actor.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { ChannelPeer, MediaChannel } from './media-channel.ts';
import { parse } from '../refusals.ts';
import type { GatewaySocket } from './gateway-socket.ts';
import type { SentEvents } from './types.ts';

export function isMediaRequest(event: string): event is MediaRequestName {
  return Object.hasOwn(mediaRequests, event);
}

/**
 * Answers a media request of a socket. What it may publish and receive comes from its session and
 * the permission table, never from the request.
 */
export async function answerMedia(
  socket: GatewaySocket,
  media: MediaChannel,
  readState: () => Promise<DialogueState>,
  name: MediaRequestName,
  payload: unknown,
): Promise<object> {
  const request = parse(mediaRequests[name].request, payload ?? {});
  if (name === 'media:join') socket.data.peer = peerOf(socket, await readState());
  const { peer } = socket.data;
  // A socket that closed while this waited has left already, and nobody would leave for it.
  if (peer === null || !socket.connected) throw new Refusal('media.not_joined');
  if (name === 'media:leave') socket.data.peer = null;
  return media.request(peer, name, request);
}

/**
 * Ends the media of a socket that may now publish or receive something else than when it joined;
 * it is told to join again. Call when the rights of its actor may have changed.
 */
export function renewMedia(socket: GatewaySocket, media: MediaChannel, state: DialogueState): void {
  const { peer } = socket.data;
  if (peer === null || isSame(peer, rightsOf(socket, state))) return;
  socket.data.peer = null;
  media.leave(socket.id);
  socket.emit('media:reset', {});
}

type Rights = Pick<
  ChannelPeer,
  'accountId' | 'bridgePointId' | 'canPresentFor' | 'canPublishFor' | 'mayWatch' | 'receives'
>;

function isSame(before: Rights, now: Rights): boolean {
  return (
    before.bridgePointId === now.bridgePointId &&
    before.canPublishFor === now.canPublishFor &&
    before.canPresentFor === now.canPresentFor &&
    before.mayWatch === now.mayWatch &&
    before.receives === now.receives
  );
}

function peerOf(socket: GatewaySocket, state: DialogueState): ChannelPeer {
  const { actor, dialogueId } = socket.data;
  if (state.dialogue?.state === 'ended') throw new Refusal('wrong_state', { kind: 'dialogue' });
  const rights = rightsOf(socket, state);
  if (!rights.receives && rights.canPublishFor === null) {
    authorise(actor, 'media.receive', { dialogueId }, state);
  }
  return {
    peerId: socket.id,
    dialogueId,
    ...rights,
    notify: (event, ...payload) => socket.emit(event, ...(payload as SentEvents[typeof event])),
  };
}

function rightsOf({ data: { actor, dialogueId } }: GatewaySocket, state: DialogueState): Rights {
  const bridgePointId =
    actor.kind === 'device'
      ? actor.bridgePointId
      : may(actor, 'media.publish', { dialogueId }, state)
        ? (state.dialogue?.centralBridgePointId ?? null)
        : null;
  const mayPublish =
    bridgePointId !== null && may(actor, 'media.publish', { dialogueId, bridgePointId }, state);
  const presentsFor =
    actor.kind === 'device' ? actor.bridgePointId : (state.dialogue?.centralBridgePointId ?? null);
  const mayPresent =
    presentsFor !== null &&
    may(actor, 'media.present', { dialogueId, bridgePointId: presentsFor }, state);
  return {
    accountId: actor.kind === 'staff' ? actor.accountId : null,
    bridgePointId,
    canPresentFor: mayPresent ? presentsFor : null,
    canPublishFor: mayPublish ? bridgePointId : null,
    mayWatch: may(actor, 'media.watch', { dialogueId }, state),
    receives: may(actor, 'media.receive', { dialogueId }, state),
  };
}
