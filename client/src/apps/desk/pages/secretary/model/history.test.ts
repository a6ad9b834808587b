import { describe, expect, it } from 'vitest';
import { ageOf, historyOf } from './history.ts';

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
