import { expect, it } from 'vitest';
import { isInProgramme, joinedSpans, programmeTimeAt } from './recording.ts';

const spans = [
  { startAt: 10, endAt: 20 },
  { startAt: 70, endAt: 80 },
];

it.each([
  [0, 0, false],
  [10, 0, true],
  [15, 5, true],
  [20, 10, false],
  [50, 10, false],
  [70, 10, true],
  [75, 15, true],
  [90, 20, false],
])('knows where in the programme %i ms is, and whether it is shown', (at, time, isShown) => {
  expect([programmeTimeAt(spans, at), isInProgramme(spans, at)]).toEqual([time, isShown]);
});

it('joins what follows without a pause', () => {
  const all = [{ startAt: 5, endAt: 10 }, ...spans, { startAt: 80, endAt: 90 }];
  expect(joinedSpans(all)).toEqual([
    { startAt: 5, endAt: 20 },
    { startAt: 70, endAt: 90 },
  ]);
  expect(spans[0]).toEqual({ startAt: 10, endAt: 20 });
});
