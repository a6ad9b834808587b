import { describe, expect, test } from 'vitest';
import { firstPictureMs, handoversOf } from './handovers.ts';

test('handovers are what the log opened, without the leader, in order', () => {
  const openTimes = new Map([
    ['leader', [{ from: 0, to: Infinity }]],
    [
      'a',
      [
        { from: 1_000, to: 9_000 },
        { from: 30_000, to: Infinity },
      ],
    ],
    [
      'b',
      [
        { from: 10_000, to: 20_000 },
        // Too short to be judged.
        { from: 21_000, to: 22_000 },
      ],
    ],
  ]);
  expect(handoversOf(openTimes, 'leader', { since: 5_000, until: 40_000 })).toEqual([
    { bridgePointId: 'b', at: 10_000, until: 20_000 },
    { bridgePointId: 'a', at: 30_000, until: 40_000 },
  ]);
});

describe('the first picture after a handover', () => {
  const handover = { bridgePointId: 'a', at: 10_000, until: 20_000 };
  const spell = (of: string, from: number, to: number) => ({ of, from, to, count: 1 });
  test.each([
    ['comes', [spell('a', 10_240, 19_000), spell('a', 19_500, 20_000)], 240],
    [
      'of another hall does not count',
      [spell('b', 10_100, 19_000), spell('a', 10_300, 20_000)],
      300,
    ],
    [
      'of an earlier turn does not count',
      [spell('a', 2_000, 9_000), spell('a', 11_000, 20_000)],
      1_000,
    ],
    ['of a later turn does not count', [spell('a', 30_000, 40_000)], Infinity],
    ['was there all the time', [spell('a', 9_000, 20_000)], 0],
    ['never comes', [], Infinity],
  ])('%s', (_, spells, expected) => {
    expect(firstPictureMs(handover, 'a', spells)).toBe(expected);
  });
});
