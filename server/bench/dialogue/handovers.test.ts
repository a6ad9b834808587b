import { describe, expect, test } from 'vitest';
import type { FeedTier } from '../../src/dialogue/stage/media-port.ts';
import { firstPictureMs, handoversOf, pausesOf } from './handovers.ts';

const stage = (at: number, feeds: Record<string, FeedTier>) => ({
  at,
  feeds: new Map(Object.entries({ ...feeds, leader: 'onAir' as const })),
});

test('handovers are what came on air, without the leader, in order', () => {
  const stages = [
    stage(1_000, { a: 'onAir' }),
    // Before anybody looked.
    stage(9_000, { b: 'onDeck' }),
    stage(9_500, { b: 'onDeck', a: 'onDeck' }),
    stage(10_000, { b: 'onAir', a: 'onDeck' }),
    // Called out of its row.
    stage(20_000, { c: 'onAir', a: 'onDeck' }),
    // Held, and on again too shortly to be judged.
    stage(25_000, { c: 'onDeck', a: 'onDeck' }),
    stage(26_000, { c: 'onAir', a: 'onDeck' }),
    stage(27_500, { a: 'onAir' }),
  ];
  expect(handoversOf(stages, 'leader', { since: 5_000, until: 40_000 })).toEqual([
    { bridgePointId: 'b', at: 10_000, until: 20_000, preparedMs: 1_000 },
    { bridgePointId: 'c', at: 20_000, until: 25_000, preparedMs: 0 },
    { bridgePointId: 'a', at: 27_500, until: 40_000, preparedMs: 18_000 },
  ]);
});

test('a pause is what a hall was on deck between two spells on air, where it was short', () => {
  const stages = [
    stage(1_000, { a: 'onDeck' }),
    stage(2_000, { a: 'onAir' }),
    stage(10_000, { a: 'onDeck' }),
    stage(10_500, { a: 'onDeck', b: 'onDeck' }),
    stage(12_000, { a: 'onAir', b: 'onDeck' }),
    stage(20_000, { a: 'onDeck', b: 'onDeck' }),
    stage(20_300, { a: 'onAir', b: 'onDeck' }),
    // Its streams are gone: another hall was called.
    stage(30_000, { b: 'onAir' }),
    stage(31_000, { a: 'onAir', b: 'onDeck' }),
    // Too long.
    stage(37_000, { b: 'onAir' }),
  ];
  expect([...pausesOf(stages, 'leader', 5_000)]).toEqual([['a', 2_300]]);
});

describe('the first picture after a handover', () => {
  const handover = { bridgePointId: 'a', at: 10_000, until: 20_000, preparedMs: 0 };
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
