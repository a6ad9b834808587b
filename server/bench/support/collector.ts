import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { sharedNow } from './clock.ts';

/** One delivery as one process's clients received it. Times by `sharedNow`. */
export interface ReceivedDelivery {
  /** The captions that it brought, by their text. */
  captions: string[];
  first: number;
  last: number;
  /** How many clients had it. */
  count: number;
}

export interface Collected {
  deliveries: ReceivedDelivery[];
  /** Deliveries that did not join on to the one before, or were not byte for byte the same. */
  faults: number;
}

interface Reference extends ReceivedDelivery {
  bytes: Buffer;
}

const head = Buffer.from('42["delivery",');

/**
 * What the clients of one process receive: the first to get a delivery keeps it for reference, and
 * every other client's must be the same bytes in the same order. So the content of each is checked
 * at the price of comparing memory.
 */
export class Collector {
  private references: Reference[] = [];
  private readonly places: number[] = [];
  private faults = 0;
  private lastSeq: number | null = null;

  /** A client of its own; the hook that takes its frames. */
  add(): (frame: Buffer) => boolean {
    const client = this.places.push(0) - 1;
    return (frame) => this.take(client, frame);
  }

  /** Forgets what was received; no delivery may be on its way. */
  reset(): void {
    this.references = [];
    this.places.fill(0);
    this.faults = 0;
  }

  collected(): Collected {
    return {
      deliveries: this.references.map(({ bytes: _, ...received }) => received),
      faults: this.faults,
    };
  }

  private take(client: number, frame: Buffer): boolean {
    if (frame.compare(head, 0, head.length, 0, head.length) !== 0) return false;
    const place = this.places[client]!;
    const reference = this.references[place];
    const now = sharedNow();
    if (reference === undefined) {
      this.references.push(this.referenceOf(frame, now));
    } else if (reference.bytes.equals(frame)) {
      reference.last = now;
      reference.count += 1;
    } else {
      this.faults += 1;
      return true;
    }
    this.places[client] = place + 1;
    return true;
  }

  private referenceOf(frame: Buffer, now: number): Reference {
    const [, { seq, prev, puts }] = JSON.parse(frame.toString('utf8', 2)) as [string, Delivery];
    if (this.lastSeq !== null && prev !== this.lastSeq) this.faults += 1;
    this.lastSeq = seq;
    const captions = puts.flatMap(({ collection, value }) =>
      collection === 'caption' && value !== null ? [(value as { text: string }).text] : [],
    );
    return { bytes: Buffer.from(frame), captions, first: now, last: now, count: 1 };
  }
}
