import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Count, SharedCounters } from '../dialogue/nodes/ports.ts';

/** Whoever waits for a count waits no longer than this for Redis, in ms. */
const patienceMs = 500;

/** Counts of all nodes in Redis, each until its time is over. */
export function createRedisCounters(
  client: object,
  { prefix, isUp }: { prefix: string; isUp: () => boolean },
): SharedCounters {
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = (name: string, seconds: number) => {
    const known = limiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      storeClient: client,
      useRedisPackage: true,
      keyPrefix: `${prefix}count:${name}`,
      // Who may go on is decided by whoever asks; here it is only counted.
      points: Number.MAX_SAFE_INTEGER,
      duration: seconds,
    });
    limiters.set(name, limiter);
    return limiter;
  };
  const ask = async (asked: () => Promise<RateLimiterRes | null>): Promise<Count | null> => {
    if (!isUp()) return null;
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), patienceMs);
    const answer = asked().then(
      (counted) =>
        counted
          ? { value: counted.consumedPoints, leftMs: counted.msBeforeNext }
          : { value: 0, leftMs: 0 },
      () => null,
    );
    return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
  };
  return {
    add: (name, key, seconds) => ask(() => limiterOf(name, seconds).penalty(key, 1)),
    look: (name, key, seconds) => ask(() => limiterOf(name, seconds).get(key)),
  };
}
