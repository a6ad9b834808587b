import { describe, expect, it } from 'vitest';
import { nextSort, sortRows } from './table.ts';

const rows = [
  { name: 'Đống Đa', count: 3 },
  { name: 'Ba Vì', count: null },
  { name: 'Dương Xá', count: 12 },
];
const valueOf = (row: (typeof rows)[number], key: string) => row[key as keyof typeof row];
const names = (sort: { key: string; descending: boolean } | null) =>
  sortRows(rows, sort, valueOf).map((row) => row.name);

describe('sortRows', () => {
  it.each([
    [null, ['Đống Đa', 'Ba Vì', 'Dương Xá']],
    [{ key: 'name', descending: false }, ['Ba Vì', 'Dương Xá', 'Đống Đa']],
    [{ key: 'name', descending: true }, ['Đống Đa', 'Dương Xá', 'Ba Vì']],
    [{ key: 'count', descending: false }, ['Đống Đa', 'Dương Xá', 'Ba Vì']],
    [{ key: 'count', descending: true }, ['Dương Xá', 'Đống Đa', 'Ba Vì']],
  ])('by %o', (sort, expected) => {
    expect(names(sort)).toEqual(expected);
  });
});

describe('nextSort', () => {
  it('goes up, down, up again, and begins upwards with another column', () => {
    const up = nextSort(null, 'name');
    const down = nextSort(up, 'name');
    expect([up.descending, down.descending]).toEqual([false, true]);
    expect(nextSort(down, 'name').descending).toBe(false);
    expect(nextSort(down, 'count')).toEqual({ key: 'count', descending: false });
  });
});
