import type { MediaNotificationName, MediaNotifications } from '@nhip-cau/shared/protocol/media';
import { MediaError } from './media-error.ts';
import type { MediaHooks, MediaPeer } from './media-peer.ts';
import type { StageReceiver } from './stage-receiver.ts';
import type { MediaWorker } from './workers.ts';
import type { Site } from './sites.ts';
import type { PeerTransport, TransportDirection } from './transports.ts';

/** A peer's transport, and where it stands. */
export interface PlacedTransport extends PeerTransport {
  readonly site: Site;
}

/** A peer inside a room: its transports (at most one a direction) and its end as a receiver. */
export class Member {
  readonly peer: MediaPeer;
  receiver: StageReceiver | undefined;
  readonly #hooks: MediaHooks;
  readonly #transports = new Map<TransportDirection, PlacedTransport>();
  readonly #opening = new Set<TransportDirection>();
  #closed = false;

  constructor(peer: MediaPeer, hooks: MediaHooks) {
    this.peer = peer;
    this.#hooks = hooks;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Opens the transport of one direction; `media.limit` when it has one. */
  async openTransport(
    direction: TransportDirection,
    open: () => Promise<PlacedTransport>,
  ): Promise<PlacedTransport> {
    const allowed = direction === 'send' ? maySend(this.peer) : this.peer.receives;
    if (!allowed) throw new MediaError('media.not_allowed');
    if (this.#transports.has(direction) || this.#opening.has(direction)) {
      throw new MediaError('media.limit');
    }
    this.#opening.add(direction);
    try {
      const opened = await open();
      if (this.#closed) {
        opened.transport.close();
        throw new MediaError('media.not_joined');
      }
      this.#transports.set(direction, opened);
      return opened;
    } finally {
      this.#opening.delete(direction);
    }
  }

  /** This member's own transport, or `media.unknown_transport`. */
  transport(transportId: string, direction?: TransportDirection): PlacedTransport {
    for (const [itsDirection, transport] of this.#transports) {
      if (transport.parameters.id === transportId && (direction ?? itsDirection) === itsDirection) {
        return transport;
      }
    }
    throw new MediaError('media.unknown_transport');
  }

  get receiveTransport(): PlacedTransport | undefined {
    return this.#transports.get('recv');
  }

  /** Whether one of its transports stands on this worker. */
  isOn(worker: MediaWorker): boolean {
    return [...this.#transports.values()].some(({ site }) => site.worker === worker);
  }

  /** Tells the peer; a peer that cannot be told is a failure of its own only. */
  notify<N extends MediaNotificationName>(event: N, payload: MediaNotifications[N]): void {
    try {
      this.peer.notify(event, payload);
    } catch (error) {
      const { peerId, dialogueId } = this.peer;
      this.#hooks.onFailure?.({ what: 'notify', dialogueId, peerId, error });
    }
  }

  /** Closes its transports, and with them its producers and consumers. Idempotent. */
  close(): void {
    this.#closed = true;
    this.receiver?.close();
    this.receiver = undefined;
    for (const { transport } of this.#transports.values()) transport.close();
    this.#transports.clear();
  }
}

function maySend({ accountId, canPresentFor, canPublishFor, mayWatch }: MediaPeer): boolean {
  return canPublishFor !== null || canPresentFor !== null || (mayWatch && accountId !== null);
}
