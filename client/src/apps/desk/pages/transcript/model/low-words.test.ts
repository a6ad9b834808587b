import { expect, it } from 'vitest';
import { countLow, stepLow } from './low-words.ts';

const lines = [
  { id: 'a', lowWords: [1, 4] },
  { id: 'b', lowWords: [] },
  { id: 'c', lowWords: [0] },
];

it.each([
  [null, 1, { lineId: 'a', word: 1 }],
  [null, -1, { lineId: 'c', word: 0 }],
  [{ lineId: 'a', word: null }, 1, { lineId: 'a', word: 1 }],
  [{ lineId: 'a', word: 1 }, 1, { lineId: 'a', word: 4 }],
  [{ lineId: 'a', word: 4 }, 1, { lineId: 'c', word: 0 }],
  [{ lineId: 'b', word: null }, 1, { lineId: 'c', word: 0 }],
  [{ lineId: 'c', word: 0 }, 1, { lineId: 'a', word: 1 }],
  [{ lineId: 'c', word: 0 }, -1, { lineId: 'a', word: 4 }],
  [{ lineId: 'a', word: 1 }, -1, { lineId: 'c', word: 0 }],
  [{ lineId: 'gone', word: 3 }, 1, { lineId: 'a', word: 1 }],
] as const)('goes from %j by %s to %j', (from, by, expected) => {
  expect(stepLow(lines, from, by)).toEqual(expected);
});

it('finds none where there is none', () => {
  expect(stepLow([{ id: 'b', lowWords: [] }], null, 1)).toBeNull();
  expect(countLow(lines)).toBe(3);
});
