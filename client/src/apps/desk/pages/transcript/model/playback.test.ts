import { describe, expect, it } from 'vitest';
import { heardIn, lastBegun, placeOf, stepSpeed, wordAt } from './playback.ts';

const words = [
  { startMs: 0, endMs: 200 },
  { startMs: 250, endMs: 500 },
  { startMs: 2_000, endMs: 2_300 },
];

describe('wordAt', () => {
  it.each([
    [0, 0],
    [199, 0],
    [230, 0],
    [250, 1],
    [700, 1],
    [800, null],
    [2_100, 2],
    [9_000, null],
    [-5, null],
  ])('at %i ms: %s', (ms, expected) => {
    expect(wordAt(words, ms)).toBe(expected);
  });
});

it('finds the last that has begun', () => {
  const begins = (ms: number) => lastBegun([10, 20, 20, 30], ms, (one) => one);
  expect([5, 10, 25, 99].map(begins)).toEqual([null, 0, 2, 3]);
});

it('plays from a little before a word, never before the beginning', () => {
  const audio = { startMs: 5_000, endMs: 9_000 };
  expect(placeOf(audio, words, 2)).toBe(6_880);
  expect(placeOf(audio, null, 2)).toBe(4_880);
  expect(placeOf({ startMs: 40, endMs: 50 }, words, null)).toBe(0);
});

it('orders the lines of one run', () => {
  const heard = (id: string, runId: string, startMs: number) => ({
    id,
    audio: { runId, startMs, endMs: startMs + 1 },
  });
  const lines = [heard('b', 'r', 9), heard('x', 'other', 1), heard('a', 'r', 2)];
  const typed = { id: 'typed', audio: null };
  expect(heardIn([...lines, typed], 'r').map(({ id }) => id)).toEqual(['a', 'b']);
});

it.each([
  [1, 1, 1.25],
  [1, -1, 0.75],
  [2, 1, 2],
  [0.5, -1, 0.5],
  [7, 1, 1.25],
] as const)('goes from speed %s by %s to %s', (speed, by, expected) => {
  expect(stepSpeed(speed, by)).toBe(expected);
});
