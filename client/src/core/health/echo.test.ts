import { describe, expect, it } from 'vitest';
import { hearsItself, likeness } from './echo.ts';

/** Bursts of speech: loud and quiet by turns, of uneven length. */
const speech = (seed: number, length = 120) =>
  Array.from({ length }, (_, at) =>
    Math.sin(at * 0.37 + seed) + Math.sin(at * 0.91) > 0 ? -20 : -60,
  );
const later = (course: readonly number[], lag: number, quieter: number) =>
  course.map((_, at) => (course[at - lag] ?? -60) - quieter);
const silence = Array.from({ length: 120 }, () => -70);

describe('an echo', () => {
  it.each<[string, number[], number[], boolean]>([
    ['is what comes back a little later and quieter', speech(0), later(speech(0), 3, 18), true],
    ['is not another voice', speech(0), speech(2.3).reverse(), false],
    ['is not silence', speech(0), silence, false],
    ['cannot be heard while nothing is played', silence, speech(0), false],
    ['is not judged by a moment', speech(0, 20), later(speech(0, 20), 3, 18), false],
  ])('%s', (_case, played, heard, expected) => {
    expect(hearsItself(played, heard)).toBe(expected);
  });

  it('likeness is that of Pearson', () => {
    expect(likeness([-10, -20, -30], [-15, -25, -35])).toBeCloseTo(1);
    expect(likeness([-10, -20, -30], [-35, -25, -15])).toBeCloseTo(-1);
  });
});
