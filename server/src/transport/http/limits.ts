import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../dialogue/kernel/refusal.ts';

/** At most `points` requests in `seconds` for one key. */
export interface Limit {
  points: number;
  seconds: number;
}

/** Counts requests in the memory of this node. */
export class RateLimits {
  private readonly limiters = new Map<Limit, RateLimiterMemory>();

  /** Throws `rate_limited`. */
  async take(limit: Limit, key: string): Promise<void> {
    await this.limiter(limit).consume(key).catch(refuse);
  }

  /** Throws `rate_limited` once as many were counted. */
  async requireLeft(limit: Limit, key: string): Promise<void> {
    const state = await this.limiter(limit).get(key);
    if (state !== null && state.remainingPoints <= 0) refuse(state);
  }

  async count(limit: Limit, key: string): Promise<void> {
    await this.limiter(limit).penalty(key);
  }

  private limiter(limit: Limit): RateLimiterMemory {
    let limiter = this.limiters.get(limit);
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: limit.points, duration: limit.seconds });
      this.limiters.set(limit, limiter);
    }
    return limiter;
  }
}

function refuse(cause: unknown): never {
  if (!(cause instanceof RateLimiterRes)) throw cause;
  throw new Refusal('rate_limited', { retryAfterMs: Math.ceil(cause.msBeforeNext) });
}
