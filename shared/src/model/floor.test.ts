import { describe, expect, it } from 'vitest';
import { elapsedAt, stopped } from './floor.ts';

describe('a turn’s clock', () => {
  it.each([
    [{ elapsedMs: 0, runningSince: null }, 5_000, 0],
    [{ elapsedMs: 0, runningSince: 1_000 }, 5_000, 4_000],
    [{ elapsedMs: 2_000, runningSince: 1_000 }, 5_000, 6_000],
    [{ elapsedMs: 2_000, runningSince: 9_000 }, 5_000, 2_000],
  ])('%o at %d has run %d ms', (clock, now, elapsed) => {
    expect(elapsedAt(clock, now)).toBe(elapsed);
  });

  it('keeps its time when stopped', () => {
    const held = stopped({ elapsedMs: 500, runningSince: 1_000 }, 3_000);
    expect(held).toEqual({ elapsedMs: 2_500, runningSince: null });
    expect(elapsedAt(held, 60_000)).toBe(2_500);
  });
});
