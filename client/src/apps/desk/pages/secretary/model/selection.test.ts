import { describe, expect, it } from 'vitest';
import { allToggled, extended, nothingSelected, toggled } from './selection.ts';
import type { Selection } from './selection.ts';

const shown = ['a', 'b', 'c', 'd'];
const of = (ids: string, anchorId: string | null = null): Selection => ({
  ids: new Set(ids),
  anchorId,
});

describe('selecting', () => {
  it.each<[string, Selection, Selection]>([
    ['one', toggled(nothingSelected, 'b'), of('b', 'b')],
    ['one out', toggled(of('ab', 'a'), 'b'), of('a', 'b')],
    ['a range down', extended(of('b', 'b'), shown, 'd'), of('bcd', 'b')],
    ['a range up', extended(of('c', 'c'), shown, 'a'), of('abc', 'c')],
    ['a range beside what is selected', extended(of('ac', 'c'), shown, 'd'), of('acd', 'c')],
    ['a range without a beginning', extended(nothingSelected, shown, 'c'), of('c', 'c')],
    ['a range whose beginning is hidden', extended(of('z', 'z'), shown, 'c'), of('zc', 'c')],
    ['what is not shown', extended(of('a', 'a'), shown, 'z'), of('a', 'a')],
    ['all shown', allToggled(of('az', 'a'), shown), of('azbcd')],
    ['all shown out', allToggled(of('abcdz', 'a'), shown), of('z')],
  ])('%s', (_case, selection, expected) => {
    expect(selection).toEqual(expected);
  });
});
