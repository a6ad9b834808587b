import { expect, it } from 'vitest';
import { marked } from './marked.ts';

const text = 'Bao giờ nạo vét kênh?';
const cut = (ranges: { start: number; end: number }[]) =>
  marked(text, ranges).map(({ text: part, isFound }) => (isFound ? `[${part}]` : part));

it.each([
  [[], [text]],
  [[{ start: 8, end: 11 }], ['Bao giờ ', '[nạo]', ' vét kênh?']],
  [
    [
      { start: 0, end: 3 },
      { start: 3, end: 7 },
    ],
    ['[Bao]', '[ giờ]', ' nạo vét kênh?'],
  ],
  [
    [
      { start: 8, end: 15 },
      { start: 12, end: 15 },
    ],
    ['Bao giờ ', '[nạo vét]', ' kênh?'],
  ],
  [[{ start: 16, end: 99 }], ['Bao giờ nạo vét ', '[kênh?]']],
])('cuts at %j', (ranges, expected) => {
  expect(cut(ranges)).toEqual(expected);
});
