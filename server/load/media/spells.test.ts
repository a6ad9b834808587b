import { describe, expect, it } from 'vitest';
import { backAfterMs, Spells } from './spells.ts';

describe('spells', () => {
  it('are parted by gaps, each thing for itself', () => {
    const spells = new Spells();
    for (const at of [0, 100, 300]) spells.add('a', at);
    spells.add('b', 350);
    for (const at of [700, 800]) spells.add('a', at);
    expect(spells.all()).toEqual([
      { of: 'a', from: 0, to: 300, count: 3 },
      { of: 'b', from: 350, to: 350, count: 1 },
      { of: 'a', from: 700, to: 800, count: 2 },
    ]);
    spells.clear();
    expect(spells.all()).toEqual([]);
  });

  const spell = (from: number, to: number) => ({ of: 'a', from, to, count: 2 });
  it.each([
    ['that never ceased', [spell(0, 9_000)], 5_000, 0],
    ['that ceased and came back', [spell(0, 5_010), spell(6_500, 9_000)], 5_000, 1_500],
    ['that had ceased a moment before', [spell(0, 4_800), spell(6_500, 9_000)], 5_000, 1_500],
    ['that never came back', [spell(0, 5_010)], 5_000, Infinity],
    ['that came only later', [spell(7_000, 9_000)], 5_000, 2_000],
    ['that was never there', [], 5_000, Infinity],
    ['that had ceased long before', [spell(0, 1_000), spell(6_000, 7_000)], 5_000, 1_000],
  ])('say how long something was away %s', (_, spells, at, expected) => {
    expect(backAfterMs(spells, at)).toBe(expected);
  });
});
