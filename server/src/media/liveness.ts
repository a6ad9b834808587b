import type { Feed } from './feed.ts';

/** How long an on-air feed may send nothing before its path counts as dead, in ms. */
export const silenceMs = 2_000;
const pollMs = 500;

/**
 * Whether packets come, from what was counted when. A silent microphone is no silence: Opus sends
 * a packet each 400 ms even then (RFC 6716, 2.1.9).
 */
export class Pulse {
  #count = -1;
  #movedAt: number;

  constructor(nowMs: number) {
    this.#movedAt = nowMs;
  }

  handleCount(count: number, nowMs: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#movedAt = nowMs;
  }

  /** For so long this process could not look: that was nobody's silence. */
  forgive(ms: number): void {
    this.#movedAt += ms;
  }

  isSilent(nowMs: number): boolean {
    return nowMs - this.#movedAt >= silenceMs;
  }
}

interface Watched {
  /** Which producers are counted; others begin a new pulse. */
  readonly key: string;
  readonly pulse: Pulse;
  isAsking: boolean;
}

/**
 * Watches the paths of the feeds that matter now: a socket may live on while no packet comes any
 * more. A worker that does not answer is silence too.
 */
export class Liveness {
  readonly #feeds: () => Iterable<Feed>;
  readonly #onChanged: (feed: Feed) => void;
  readonly #watched = new Map<Feed, Watched>();
  readonly #timer: NodeJS.Timeout;
  #polledAt = performance.now();

  /** `feeds`: those to watch now, and those that were found silent before. */
  constructor(feeds: () => Iterable<Feed>, onChanged: (feed: Feed) => void) {
    this.#feeds = feeds;
    this.#onChanged = onChanged;
    this.#timer = setInterval(() => this.#poll(), pollMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watched.clear();
  }

  #poll(): void {
    const now = performance.now();
    const missedMs = now - this.#polledAt - pollMs;
    this.#polledAt = now;
    const feeds = new Set(this.#feeds());
    for (const feed of this.#watched.keys()) if (!feeds.has(feed)) this.#watched.delete(feed);
    for (const feed of feeds) {
      const producers = feed.devices();
      const key = producers.map(({ id }) => id).join(' ');
      const known = this.#watched.get(feed);
      const watched = known?.key === key ? known : { key, pulse: new Pulse(now), isAsking: false };
      this.#watched.set(feed, watched);
      if (missedMs > pollMs) watched.pulse.forgive(missedMs);
      if (!watched.isAsking) void this.#ask(feed, watched);
      const isSilent = watched.pulse.isSilent(now);
      if (isSilent === feed.isSilent) continue;
      feed.isSilent = isSilent;
      this.#onChanged(feed);
    }
  }

  async #ask(feed: Feed, watched: Watched): Promise<void> {
    watched.isAsking = true;
    try {
      const stats = await Promise.all(feed.devices().map((producer) => producer.getStats()));
      const count = stats.flat().reduce((sum, { packetCount }) => sum + packetCount, 0);
      watched.pulse.handleCount(count, performance.now());
    } catch {
      // A producer that closed meanwhile: the next poll counts those that are there.
    } finally {
      watched.isAsking = false;
    }
  }
}
