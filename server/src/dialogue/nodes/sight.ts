export interface SightOptions {
  /** Asks the database anything; rejects, or does not come back, while it is away. */
  look: () => Promise<void>;
  /** Brings memory up to the logs; rejects where it cannot. */
  catchUp: () => Promise<void>;
  /** How long nothing may have been read before this node counts as blind, in ms. */
  blindAfterMs: number;
  onChanged: (isBlind: boolean) => void;
}

/** How often a node looks, in ms. */
const lookMs = 1_000;
/** A look that never comes back keeps no later one from being tried. */
const looksAtOnce = 3;

/**
 * Whether this node can still know what the logs say. Blind, it cannot: another node may have ended
 * a turn, and here nobody can. It sees again once it has caught up with the logs.
 */
export class Sight {
  private readonly options: SightOptions;
  private readonly looking: NodeJS.Timeout;
  /** When the last look began that succeeded; by a clock that nobody sets. */
  private seenAt = performance.now();
  private underWay = 0;
  private blind = false;

  constructor(options: SightOptions) {
    this.options = options;
    this.looking = setInterval(() => this.beat(), lookMs).unref();
  }

  get isBlind(): boolean {
    return this.blind;
  }

  /** Idempotent. */
  close(): void {
    clearInterval(this.looking);
  }

  private beat(): void {
    const now = performance.now();
    if (now - this.seenAt >= this.options.blindAfterMs) this.set(true);
    if (this.underWay < looksAtOnce) void this.look(now);
  }

  private async look(begunAt: number): Promise<void> {
    this.underWay += 1;
    try {
      await this.options.look();
      if (this.blind) await this.options.catchUp();
      this.seenAt = Math.max(this.seenAt, begunAt);
      // A look that took as long as that says nothing of now.
      if (performance.now() - this.seenAt < this.options.blindAfterMs) this.set(false);
    } catch {
      // The next look is on its way; who wants to know reads the metrics, and /readyz says so.
    } finally {
      this.underWay -= 1;
    }
  }

  private set(isBlind: boolean): void {
    if (isBlind === this.blind) return;
    this.blind = isBlind;
    this.options.onChanged(isBlind);
  }
}
