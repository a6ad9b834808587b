import { expect, it } from 'vitest';
import { spansOf, wordsIn } from './redact.ts';

const text = 'Bà Hoa, số 0912 345 678 ạ';

it('takes every word that a stretch touches', () => {
  expect(wordsIn(text, { start: 4, end: 9 })).toEqual([1, 2]);
  expect(wordsIn(text, { start: 2, end: 3 })).toEqual([]);
});

it('makes one stretch of words beside each other', () => {
  const shown = (words: number[]) =>
    spansOf(text, words).map(({ start, end }) => text.slice(start, end));
  expect(shown([5, 3, 4])).toEqual(['0912 345 678']);
  expect(shown([1, 3, 4])).toEqual(['Hoa,', '0912 345']);
  expect(shown([])).toEqual([]);
  expect(shown([99])).toEqual([]);
});
