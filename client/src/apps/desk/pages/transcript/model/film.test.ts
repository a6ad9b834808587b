import { expect, it } from 'vitest';
import { momentOf } from './film.ts';

const spans = [
  { startAt: 10_000, endAt: 40_000 },
  { startAt: 100_000, endAt: 130_000 },
];

it.each([
  ['where its first word was said', 20_000, 21_000, 10_000],
  ['some seconds before it was typed', 20_000, null, 5_000],
  ['not before the film begins', 12_000, null, 0],
  ['behind a pause, not before its end', 102_000, null, 30_000],
  ['nowhere when nothing was recorded', 50_000, 51_000, null],
])('a line is %s', (_where, at, endAt, expected) => {
  expect(momentOf({ at, endAt }, spans)).toBe(expected);
});

it('is nowhere without a film', () => {
  expect(momentOf({ at: 20_000, endAt: 21_000 }, [])).toBeNull();
});
