import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

describe('retryDelayMs', () => {
  it.each([
    [0, 150, 300],
    [1, 300, 600],
    [4, 2400, 4800],
    [6, 7500, 15_000],
    [1000, 7500, 15_000],
  ])('of attempt %i is between %i and %i ms', (attempt, leastMs, mostMs) => {
    expect(retryDelayMs(attempt, () => 0)).toBe(leastMs);
    expect(retryDelayMs(attempt, () => 1)).toBe(mostMs);
  });
});
