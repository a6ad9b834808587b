const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait after failure `attempt` (0: the first) in a row: doubling up to half a minute,
 * half of it chance, so that many who wait for one engine do not come back at once.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ms = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return ms * (0.5 + random() / 2);
}
