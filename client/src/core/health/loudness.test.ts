import { describe, expect, it } from 'vitest';
import { Loudness } from './loudness.ts';

function heard(course: readonly [fromMs: number, toMs: number, levelDbfs: number | null][]) {
  const loudness = new Loudness();
  let now = 0;
  for (const [from, to, level] of course) {
    for (now = from; now < to; now += 100) loudness.take(level, now);
  }
  return loudness.state(now);
}

describe('a microphone', () => {
  it.each<[string, [number, number, number | null][], string, number | null]>([
    ['is off', [[0, 100, null]], 'off', null],
    ['is spoken into', [[0, 5_000, -25]], 'ok', -25],
    ['hears an empty room', [[0, 60_000, -62]], 'ok', -62],
    ['is not yet known to be dead', [[0, 5_000, -100]], 'ok', -100],
    ['is dead', [[0, 20_000, -100]], 'silent', -100],
    [
      'falls silent after speech',
      [
        [0, 10_000, -20],
        [10_000, 25_000, -100],
      ],
      'silent',
      -20,
    ],
    [
      'was loud more than half a minute ago',
      [
        [0, 1_000, -5],
        [1_000, 40_000, -40],
      ],
      'ok',
      -40,
    ],
    [
      'was plugged in again',
      [
        [0, 20_000, -100],
        [20_000, 20_100, null],
        [20_100, 25_000, -100],
      ],
      'ok',
      -100,
    ],
  ])('%s', (_case, course, sound, levelDbfs) => {
    expect(heard(course)).toEqual({ sound, levelDbfs });
  });
});
