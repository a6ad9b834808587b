import { describe, expect, it } from 'vitest';
import { findOpenMicrophones } from './open-times.ts';

const times = new Map([
  [
    'a',
    [
      { from: 1_000, to: 2_000 },
      { from: 5_000, to: Infinity },
    ],
  ],
]);
const heard = (of: string, from: number, to: number) => [
  { by: 'b', spells: [{ of, from, to, count: 9 }] },
];

describe('sound', () => {
  it.each([
    ['within a turn', heard('a', 1_100, 1_900)],
    ['that was still under way', heard('a', 1_100, 2_400)],
    ['of a turn that still runs', heard('a', 5_100, 90_000)],
    ['nobody sent', []],
  ])('%s is no fault', (_, sounds) => {
    expect(findOpenMicrophones(sounds, times, 500)).toEqual([]);
  });

  it.each([
    ['before its turn', heard('a', 900, 1_500)],
    ['long after its turn', heard('a', 1_100, 2_600)],
    ['between two turns', heard('a', 3_000, 3_100)],
    ['of a hall that had no turn', heard('c', 1_100, 1_200)],
  ])('%s comes of an open microphone', (_, sounds) => {
    expect(findOpenMicrophones(sounds, times, 500)).toHaveLength(1);
  });
});
