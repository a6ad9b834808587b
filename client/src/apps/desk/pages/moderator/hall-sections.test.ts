import { describe, expect, it } from 'vitest';
import { question } from './hall-question.fixture.ts';
import { questionsWith } from './hall-questions.ts';
import {
  bestPlace,
  doable,
  type Doable,
  findQuestions,
  isStale,
  leadsFor,
  sections,
} from './hall-sections.ts';

it('are grouped by what they need, in the order of need', () => {
  const all = questionsWith(
    [
      question('late', { askedAt: 9 }),
      question('early', { askedAt: 2 }),
      question('pressing', { askedAt: 7, urgency: 'urgent' }),
      question('back', { state: 'returned', returnedBy: 'city', askedAt: 8 }),
      question('refused', { state: 'returned', returnedBy: 'bridgePoint', askedAt: 3 }),
      question('sent', { state: 'forwarded' }),
      question('fifth', { state: 'accepted', place: 5 }),
      question('third', { state: 'accepted', place: 3 }),
      question('deck', { state: 'onDeck' }),
      question('done', { state: 'disposed', askedAt: 4 }),
    ],
    [],
  );
  const { open, city, closed } = sections(all);
  expect(open.map(({ id }) => id)).toEqual(['back', 'pressing', 'early', 'late']);
  expect(city.map(({ id }) => id)).toEqual(['deck', 'third', 'fifth', 'sent']);
  expect(closed.map(({ id }) => id)).toEqual(['done', 'refused']);
  expect(bestPlace(all)).toBe(3);
  expect(bestPlace(open)).toBe(null);
});

const of = (rest: Parameters<typeof question>[1]) => questionsWith([question('a', rest)], [])[0]!;

describe('a question can be', () => {
  it.each<[string, Parameters<typeof question>[1], (keyof Doable)[]]>([
    ['asked', {}, ['edit', 'forward', 'return', 'merge']],
    [
      'returned here',
      { state: 'returned', returnedBy: 'bridgePoint' },
      ['edit', 'forward', 'unreturn'],
    ],
    ['returned by the city', { state: 'returned', returnedBy: 'city' }, ['edit', 'forward']],
    ['forwarded', { state: 'forwarded', forwardedAt: 2 }, ['recall']],
    ['accepted', { state: 'accepted', forwardedAt: 2 }, []],
    ['merged here', { state: 'merged' }, ['unmerge']],
    ['merged by the city', { state: 'merged', forwardedAt: 2 }, []],
    ['on air', { state: 'onAir' }, []],
  ])('%s', (_, rest, expected) => {
    const may = doable(of(rest), false);
    expect(Object.keys(may).filter((name) => may[name as keyof Doable])).toEqual(expected);
    expect(Object.values(doable(of(rest), true)).some(Boolean)).toBe(false);
  });
});

it.each([
  ['new', { askedAt: 0 }, 599_999, false],
  ['old', { askedAt: 0 }, 600_000, true],
  ['old and gone on', { askedAt: 0, state: 'forwarded' }, 600_000, false],
  ['old and returned', { askedAt: 0, state: 'returned' }, 600_000, false],
] as const)('%s: flagged by its age', (_, rest, now, expected) => {
  expect(isStale(of(rest), now, 10)).toBe(expected);
});

it('are found by words, field or name, diacritics or not', () => {
  const all = questionsWith(
    [
      question('a', { wording: 'Sửa đường thôn Đông', field: 'Nông thôn mới' }),
      question('b', { wording: 'Cấp sổ đỏ', asker: 'Lê Thị Hoa' }),
    ],
    [],
  );
  expect(findQuestions(all, 'duong dong').map(({ id }) => id)).toEqual(['a']);
  expect(findQuestions(all, 'le hoa').map(({ id }) => id)).toEqual(['b']);
  expect(findQuestions(all, '')).toHaveLength(2);
});

it('become a part of one that lives, never of themselves or of a part', () => {
  const all = questionsWith(
    [
      question('a'),
      question('b', { state: 'accepted' }),
      question('c', { state: 'merged' }),
      question('d', { state: 'withdrawn' }),
    ],
    [],
  );
  expect(leadsFor(all[0]!, all).map(({ id }) => id)).toEqual(['b']);
});
