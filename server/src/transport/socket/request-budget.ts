export interface BudgetOptions {
  /** Requests within `windowMs`. */
  limit: number;
  windowMs: number;
}

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

  /** Forgets what is over; call it now and then. */
  sweep(now: number): void {
    for (const [sessionId, { until }] of this.spent) {
      if (until <= now) this.spent.delete(sessionId);
    }
  }
}
