import type {
  IceServer,
  MediaNotificationName,
  MediaNotifications,
} from '@nhip-cau/shared/protocol/media';

/** One socket as the media see it; the transport layer makes it from the session, never from input. */
export interface MediaPeer {
  readonly peerId: string;
  readonly dialogueId: string;
  /** The hall in which this peer stands: it never receives that hall's own feed. */
  readonly bridgePointId: string | null;
  /** The bridge point whose feed this peer may publish, or null. */
  readonly canPublishFor: string | null;
  /** The bridge point in whose name this peer may present a screen, or null. */
  readonly canPresentFor: string | null;
  /** Whether this peer may watch any bridge point, and talk with its technician. */
  readonly mayWatch: boolean;
  /** The account that speaks through this peer; null for a hall's computer. */
  readonly accountId: string | null;
  /** Whether this peer may receive the stage. */
  readonly receives: boolean;
  notify<N extends MediaNotificationName>(event: N, payload: MediaNotifications[N]): void;
}

/** Where a peer finds relays, and whether it must use them. */
export interface IceRelays {
  readonly iceServers: IceServer[];
  readonly iceTransportPolicy?: 'all' | 'relay';
}

/** What the media tell the rest of the server, and ask of it; all optional. */
export interface MediaHooks {
  /** Relays for this peer's transports, with credentials of its own; null for none. */
  iceServers?(peer: MediaPeer): IceRelays | null;
  /** Speech levels of open microphones, in dBov (-127 silent … 0), about twice a second. */
  onLevels?(dialogueId: string, levels: { bridgePointId: string; levelDbov: number }[]): void;
  /** What a bridge point sends is something else by now, whatever its tier. */
  onFeed?(dialogueId: string, bridgePointId: string, sends: FeedSends): void;
  /** Something failed for one receiver, feed or worker; the rest goes on. */
  onFailure?(failure: MediaFailure): void;
}

/** What a bridge point sends to the server. */
export interface FeedSends {
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly screen: boolean;
}

export interface MediaFailure {
  readonly what: 'receiver' | 'feed' | 'worker' | 'notify' | 'tap' | 'node';
  readonly dialogueId?: string;
  readonly peerId?: string;
  readonly bridgePointId?: string;
  readonly error: unknown;
}
