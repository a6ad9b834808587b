/** How long to wait before attempt number `attempt` (from 0), in ms. `random` gives [0, 1). */
export type RetryDelay = (attempt: number, random?: () => number) => number;

const firstMs = 500;
const longestMs = 20_000;

/**
 * Doubles from half a second to 20 s. Half of each wait is chance: when a node goes, fifteen
 * thousand phones must not come back in the same second.
 */
export const defaultRetryDelay: RetryDelay = (attempt, random = Math.random) => {
  const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * random());
};
