import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../dialogue/kernel/refusal.ts';

/** At most `points` requests in `seconds` for one key. */
export interface Limit {
  points: number;
  seconds: number;
}

/** Wrong codes and passwords from one address, whatever they were tried on. */
const guesses: Limit = { points: 100, seconds: 600 };

/** Counts requests in the memory of this node. */
export class RateLimits {
  private readonly limiters = new Map<Limit, RateLimiterMemory>();
  private readonly guesses = limiterOf(guesses);

  /** Throws `rate_limited`. */
  async take(limit: Limit, key: string): Promise<void> {
    let limiter = this.limiters.get(limit);
    if (!limiter) {
      limiter = limiterOf(limit);
      this.limiters.set(limit, limiter);
    }
    await limiter.consume(key).catch(refuse);
  }

  /** Throws `rate_limited` once an address has guessed too often. */
  async requireNoGuessing(address: string): Promise<void> {
    const state = await this.guesses.get(address);
    if (state !== null && state.remainingPoints <= 0) refuse(state);
  }

  async countGuess(address: string): Promise<void> {
    await this.guesses.penalty(address);
  }
}

const limiterOf = ({ points, seconds }: Limit) =>
  new RateLimiterMemory({ points, duration: seconds });

function refuse(cause: unknown): never {
  if (!(cause instanceof RateLimiterRes)) throw cause;
  throw new Refusal('rate_limited', { retryAfterMs: Math.ceil(cause.msBeforeNext) });
}
