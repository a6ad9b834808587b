import type {
  MediaNotificationName,
  MediaNotifications,
  MediaRequestName,
} from '@nhip-cau/shared/protocol/media';

/** One socket as the media see it: made from its session, never from what it sends. */
export interface ChannelPeer {
  readonly peerId: string;
  readonly dialogueId: string;
  /** The hall in which it stands; it never receives that hall's own feed. */
  readonly bridgePointId: string | null;
  /** The hall whose feed it may publish, or `null`. */
  readonly canPublishFor: string | null;
  /** The hall in whose name it may present a screen, or `null`. */
  readonly canPresentFor: string | null;
  /** Whether it may watch any hall and talk with its technician. */
  readonly mayWatch: boolean;
  readonly accountId: string | null;
  readonly receives: boolean;
  notify<Name extends MediaNotificationName>(event: Name, payload: MediaNotifications[Name]): void;
}

/** What the sockets need of the media. */
export interface MediaChannel {
  /** Answers a request whose payload has passed its schema. Throws errors with a protocol code. */
  request(peer: ChannelPeer, name: MediaRequestName, payload: object): Promise<object>;
  /** Closes everything of the peer. Idempotent. */
  leave(peerId: string): void;
}
