import { Refusal } from '../../dialogue/kernel/refusal.ts';

export interface SlotLimits {
  /** Uploads of one sender at once. */
  each: number;
  /** Uploads at once of all senders. */
  all: number;
}

const retryMs = 2_000;

/** Bounds what uploads hold of the memory: each is held as a whole until it is dealt with. */
export class UploadSlots {
  private readonly limits: SlotLimits;
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(limits: SlotLimits) {
    this.limits = limits;
  }

  /**
   * Runs `work` in a slot of that sender. Throws `rate_limited` when the sender, `unavailable` when
   * everybody together has too many.
   */
  async hold<Result>(sender: string, work: () => Promise<Result>): Promise<Result> {
    const own = this.taken.get(sender) ?? 0;
    if (own >= this.limits.each) throw new Refusal('rate_limited', { retryAfterMs: retryMs });
    if (this.all >= this.limits.all) throw new Refusal('unavailable', { retryAfterMs: retryMs });
    this.taken.set(sender, own + 1);
    this.all += 1;
    try {
      return await work();
    } finally {
      this.all -= 1;
      const left = this.taken.get(sender)! - 1;
      if (left === 0) this.taken.delete(sender);
      else this.taken.set(sender, left);
    }
  }
}
