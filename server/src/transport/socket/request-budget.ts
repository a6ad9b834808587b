export interface BudgetOptions {
  /** Requests within `windowMs`. */
  limit: number;
  windowMs: number;
}

/** So many times the limit is no haste any more. */
const floodFactor = 10;

/** How many requests each session may make: opening more sockets buys nobody more of them. */
export class RequestBudget {
  private readonly options: BudgetOptions;
  private readonly spent = new Map<string, { until: number; count: number }>();

  constructor(options: BudgetOptions) {
    this.options = options;
  }

  /** Counts one request; whether it is within the limit. `now` in ms. */
  allows(sessionId: string, now: number): boolean {
    const spent = this.spent.get(sessionId);
    if (spent === undefined || spent.until <= now) {
      this.spent.set(sessionId, { until: now + this.options.windowMs, count: 1 });
      return true;
    }
    spent.count += 1;
    return spent.count <= this.options.limit;
  }

  /** Whether it goes on so far above the limit that no answer is of use; after `allows`. */
  isFlood(sessionId: string): boolean {
    return (this.spent.get(sessionId)?.count ?? 0) > this.options.limit * floodFactor;
  }

  /** Forgets what is over; call it now and then. */
  sweep(now: number): void {
    for (const [sessionId, { until }] of this.spent) {
      if (until <= now) this.spent.delete(sessionId);
    }
  }
}
