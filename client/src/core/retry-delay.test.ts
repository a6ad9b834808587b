import { describe, expect, it } from 'vitest';
import { defaultRetryDelay } from './retry-delay.ts';

describe('the wait before a new attempt', () => {
  it.each([
    [0, 250, 500],
    [1, 500, 1_000],
    [4, 4_000, 8_000],
    [6, 10_000, 20_000],
    [5_000, 10_000, 20_000],
  ])('number %d is between %d and %d ms', (attempt, leastMs, mostMs) => {
    expect(defaultRetryDelay(attempt, () => 0)).toBe(leastMs);
    expect(defaultRetryDelay(attempt, () => 1)).toBe(mostMs);
  });
});
