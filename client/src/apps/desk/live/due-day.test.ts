import { expect, it } from 'vitest';
import { dueDay, readDay } from './due-day.ts';

it.each([
  ['in the morning', '2026-11-21T02:00:00Z', 15, '2026-12-06'],
  ['past midnight in the city, the day before in London', '2026-11-20T18:00:00Z', 15, '2026-12-06'],
  ['over the year', '2026-12-30T02:00:00Z', 7, '2027-01-06'],
  ['over a leap day', '2028-02-28T02:00:00Z', 7, '2028-03-06'],
])('%s', (_case, now, days, day) => {
  expect(dueDay(Date.parse(now), days)).toBe(day);
});

it.each([
  ['31/3/2027', '2027-03-31'],
  [' 07.12.2026 ', '2026-12-07'],
  ['7-12-2026', '2026-12-07'],
  ['31/02/2027', null],
  ['12/31/2026', null],
  ['2026-12-07', null],
  ['mai', null],
])('%s is read as %s', (typed, day) => {
  expect(readDay(typed)).toBe(day);
});
