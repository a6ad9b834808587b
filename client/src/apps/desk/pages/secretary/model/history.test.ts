import { describe, expect, it } from 'vitest';
import { ageOf, detailOf, historyOf, isStale, stepOf } from './history.ts';

describe('historyOf', () => {
  it('leaves out what has not happened', () => {
    expect(historyOf({ askedAt: 1, forwardedAt: 2, acceptedAt: null }, undefined)).toEqual([
      { moment: 'asked', at: 1 },
      { moment: 'forwarded', at: 2 },
    ]);
  });

  it('is in the order of time: forwarded anew after it was accepted and returned', () => {
    const turn = { preparedAt: 8, calledAt: 9, endedAt: null };
    const moments = historyOf({ askedAt: 1, forwardedAt: 6, acceptedAt: 4 }, turn);
    expect(moments.map(({ moment }) => moment)).toEqual([
      'asked',
      'accepted',
      'forwarded',
      'prepared',
      'called',
    ]);
  });
});

describe('ageOf', () => {
  it.each([
    [-5_000, 'now', 0],
    [59_999, 'now', 0],
    [60_000, 'minutes', 1],
    [3_599_999, 'minutes', 59],
    [3_600_000, 'hours', 1],
    [86_399_999, 'hours', 23],
    [86_400_000, 'days', 1],
  ])('%i ms are %s %i', (age, unit, count) => {
    expect(ageOf(1_000_000, 1_000_000 + age)).toEqual({ unit, count });
  });
});

it.each([
  ['forwarded', 0, 599_999, false],
  ['forwarded', 0, 600_000, true],
  ['accepted', 0, 9_999_999, false],
  ['forwarded', null, 9_999_999, false],
] as const)('%s at %j, at %i: stale %s', (state, forwardedAt, now, stale) => {
  expect(isStale({ state, forwardedAt }, { now, staleMinutes: 10 })).toBe(stale);
});

describe('an entry of the log', () => {
  it.each([
    ['question.accepted', { questionId: 'q' }, 'accepted', null],
    ['question.merged', { questionId: 'q', intoQuestionId: 'lead' }, 'merged', null],
    ['question.merged', { questionId: 'part', intoQuestionId: 'q' }, 'tookIn', null],
    ['question.edited', { wording: 'Mới' }, 'edited', 'Mới'],
    ['question.edited', { field: 'Y tế' }, 'edited', 'Y tế'],
    ['question.edited', { urgency: 'urgent' }, 'edited', null],
    ['question.returned', { reason: 'Chưa rõ' }, 'returned', 'Chưa rõ'],
    ['question.pinned', { reason: null }, 'pinned', null],
    ['question.briefed', { brief: { agency: 'Sở Y tế', text: 'x' } }, 'briefed', 'Sở Y tế'],
    ['question.briefed', { brief: null }, 'unbriefed', null],
    ['question.foreseen', {}, null, null],
  ])('%s with %j says %j, %j', (type, payload, step, detail) => {
    expect(stepOf({ type, payload }, 'q')).toBe(step);
    expect(detailOf({ type, payload })).toBe(detail);
  });
});
