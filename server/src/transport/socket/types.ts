import type { MediaNotifications } from '@nhip-cau/shared/protocol/media';
import type { ServerEvents } from '@nhip-cau/shared/protocol/socket';
import type { Actor } from '../../dialogue/kernel/actor.ts';
import type { ChannelPeer } from './media-channel.ts';

type MediaEvents = {
  [Name in keyof MediaNotifications]: (payload: MediaNotifications[Name]) => void;
};

type Sent = ServerEvents & MediaEvents;

/** What each event that the server sends carries. */
export type SentEvents = { [Name in keyof Sent]: Parameters<Sent[Name]> };

export interface SocketData {
  /** Never the system: a socket is opened by somebody with a session. */
  actor: Exclude<Actor, { kind: 'system' }>;
  dialogueId: string;
  /** Until when its session is known to hold, in epoch ms. */
  expiresAt: number;
  /** As what it last joined the media; `null` before that, and after it left them. */
  peer: ChannelPeer | null;
}
