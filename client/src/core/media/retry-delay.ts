const firstMs = 300;
const longestMs = 15_000;

/**
 * Pause before attempt number `attempt` (0 is the first retry), in ms: doubles up to 15 s, and
 * each client waits a random half to whole of it, so that 579 halls do not come back in one instant.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const wholeMs = Math.min(firstMs * 2 ** attempt, longestMs);
  return wholeMs / 2 + (wholeMs / 2) * random();
}
