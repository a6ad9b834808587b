import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { MediaNotifications } from '@nhip-cau/shared/protocol/media';
import type { ClientEvents, ServerEvents } from '@nhip-cau/shared/protocol/socket';
import type { Server, Socket } from 'socket.io';
import type { Actor } from '../../dialogue/kernel/actor.ts';
import type { ChannelPeer } from './media-channel.ts';

type MediaEvents = {
  [Name in keyof MediaNotifications]: (payload: MediaNotifications[Name]) => void;
};

export interface SocketData {
  /** Never the system: a socket is opened by somebody with a session. */
  actor: Exclude<Actor, { kind: 'system' }>;
  dialogueId: string;
  /** Until when its session is known to hold, in epoch ms. */
  expiresAt: number;
  /** As what it last joined the media; `null` before that. */
  peer: ChannelPeer | null;
}

export type GatewayServer = Server<ClientEvents, ServerEvents & MediaEvents, never, SocketData>;
export type GatewaySocket = Socket<ClientEvents, ServerEvents & MediaEvents, never, SocketData>;

/** How every request is answered. */
export type Answer<T extends object = object> = (
  answer: ({ ok: true } & T) | { ok: false; error: ProtocolError },
) => void;
