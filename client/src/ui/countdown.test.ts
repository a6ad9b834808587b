import { describe, expect, it } from 'vitest';
import { countdownAt } from './countdown.ts';

const beganAt = 1_000_000;
const running = { elapsedMs: 0, runningSince: beganAt };

describe('a countdown', () => {
  // The clock, its budget, the warning's time, ms since it began; phase, left, over.
  it.each([
    [running, 180_000, 30_000, 0, 'running', 180_000, 0],
    [running, 180_000, 30_000, 1, 'running', 180_000, 0],
    [running, 180_000, 30_000, 149_999, 'running', 31_000, 0],
    [running, 180_000, 30_000, 150_000, 'warning', 30_000, 0],
    [running, 180_000, 30_000, 179_001, 'warning', 1_000, 0],
    [running, 180_000, 30_000, 180_000, 'over', 0, 0],
    [running, 180_000, 30_000, 192_500, 'over', 0, 12_500],
    // Interrupted, it stands still.
    [{ elapsedMs: 60_000, runningSince: null }, 180_000, 30_000, 999_999, 'running', 120_000, 0],
    [{ elapsedMs: 170_000, runningSince: beganAt }, 180_000, 30_000, 0, 'warning', 10_000, 0],
    // A reply of 40 s does not warn from its first moment.
    [running, 40_000, 60_000, 19_999, 'running', 21_000, 0],
    [running, 40_000, 60_000, 20_000, 'warning', 20_000, 0],
    [running, 60_000, 0, 59_999, 'running', 1_000, 0],
    [running, null, 30_000, 65_000, 'open', 0, 0],
  ] as const)('%j of %s, warned at %s, after %s ms', (clock, budget, warn, after, ...expected) => {
    const [phase, leftMs, overMs] = expected;
    expect(countdownAt(clock, budget, warn, beganAt + after)).toMatchObject({
      phase,
      leftMs,
      overMs,
    });
  });
});
