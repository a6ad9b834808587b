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

/** When each client had it, by `sharedNow`, in no order. */
export interface DeliveryTimes {
  /** As in `ReceivedDelivery`. */
  captions: string[];
  times: number[];
}

interface Reference extends ReceivedDelivery {
  bytes: Buffer;
  times: number[];
}

const head = Buffer.from('42["delivery",');
const signalHead = Buffer.from('42["signal",');

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
  private readonly keepsTimes: boolean;

  /** `keepsTimes`: for `times`; without them a delivery costs no memory of each client's. */
  constructor({ keepsTimes = false } = {}) {
    this.keepsTimes = keepsTimes;
  }

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
      deliveries: this.references.map(({ captions, first, last, count }) => {
        return { captions, first, last, count };
      }),
      faults: this.faults,
    };
  }

  times(): DeliveryTimes[] {
    return this.references.map(({ captions, times }) => ({ captions, times }));
  }

  private take(client: number, frame: Buffer): boolean {
    if (!startsWith(frame, head)) {
      // A page reads it on a processor of its own; thousands that share one only take it.
      return startsWith(frame, signalHead);
    }
    const place = this.places[client]!;
    const reference = this.references[place];
    const now = sharedNow();
    if (reference === undefined) {
      this.references.push(this.referenceOf(frame, now));
      if (this.keepsTimes) this.references[place]!.times.push(now);
    } else if (reference.bytes.equals(frame)) {
      reference.last = now;
      reference.count += 1;
      if (this.keepsTimes) reference.times.push(now);
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
    return { bytes: Buffer.from(frame), captions, first: now, last: now, count: 1, times: [] };
  }
}

const startsWith = (frame: Buffer, start: Buffer) =>
  frame.compare(start, 0, start.length, 0, start.length) === 0;
