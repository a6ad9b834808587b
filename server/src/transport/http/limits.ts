import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { Count as SharedCount, SharedCounters } from '../../dialogue/nodes/ports.ts';

/** At most `points` requests in `seconds` for one key. */
export interface Limit {
  points: number;
  seconds: number;
}

interface Count {
  value: number;
  endsAt: number;
}

/** Room for every address of a large city's dialogue; about 10 MB a limit when all are taken. */
const defaultMaxKeys = 50_000;

/**
 * Counts requests in the memory of this node. Of each limit only the `maxKeys` begun last are held:
 * whoever sends from more addresses than that is not stopped by counting addresses.
 */
export class RateLimits {
  /** In the order they were begun, which is the order they end, for all of a limit last as long. */
  private readonly counts = new Map<Limit, Map<string, Count>>();
  private readonly maxKeys: number;
  private readonly now: () => number;

  constructor({ maxKeys = defaultMaxKeys, now = Date.now } = {}) {
    this.maxKeys = maxKeys;
    this.now = now;
  }

  /** Keys held, of all limits. */
  get size(): number {
    return [...this.counts.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Throws `rate_limited`, and then counts nothing. */
  take(limit: Limit, key: string): void {
    this.requireLeft(limit, key);
    this.count(limit, key);
  }

  /** Throws `rate_limited` once as many were counted. */
  requireLeft(limit: Limit, key: string): void {
    const now = this.now();
    const count = this.counts.get(limit)?.get(key);
    if (count === undefined || count.endsAt <= now || count.value < limit.points) return;
    throw new Refusal('rate_limited', { retryAfterMs: count.endsAt - now });
  }

  /** `key` must be short: it is held until its time is over. */
  count(limit: Limit, key: string): void {
    const now = this.now();
    const counts = this.counts.get(limit) ?? new Map<string, Count>();
    this.counts.set(limit, counts);
    for (const [oldest, { endsAt }] of counts) {
      if (endsAt > now) break;
      counts.delete(oldest);
    }
    const count = counts.get(key);
    if (count !== undefined) {
      count.value += 1;
      return;
    }
    if (counts.size >= this.maxKeys) counts.delete(counts.keys().next().value!);
    counts.set(key, { value: 1, endsAt: now + limit.seconds * 1_000 });
  }
}

/**
 * The same over all nodes. `name` tells limits apart, the same at every node. What this node counts
 * by itself holds where the others cannot be asked.
 */
export class NodeRateLimits {
  readonly local = new RateLimits();
  private readonly counters: SharedCounters | null;

  constructor(counters: SharedCounters | null) {
    this.counters = counters;
  }

  /** Rejects with `rate_limited`. */
  async take(name: string, limit: Limit, key: string): Promise<void> {
    this.local.take(limit, key);
    const counted = await this.counters?.add(name, key, limit.seconds);
    if (counted && counted.value > limit.points) throw limited(counted);
  }

  /** Rejects with `rate_limited` once as many were counted. */
  async requireLeft(name: string, limit: Limit, key: string): Promise<void> {
    this.local.requireLeft(limit, key);
    const counted = await this.counters?.look(name, key, limit.seconds);
    if (counted && counted.value >= limit.points) throw limited(counted);
  }

  async count(name: string, limit: Limit, key: string): Promise<void> {
    this.local.count(limit, key);
    await this.counters?.add(name, key, limit.seconds);
  }
}

const limited = ({ leftMs }: SharedCount) => new Refusal('rate_limited', { retryAfterMs: leftMs });
