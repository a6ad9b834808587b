import { expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { filterQuestions, narrows, noFilter, RepeatedFilter, warm } from './search.ts';
import type { Filter } from './search.ts';

const minuteMs = 60_000;
const clock = { now: 100 * minuteMs, staleMinutes: 20 };
const road = question({ id: 'road', forwardedAt: 95 * minuteMs });
const land = question({
  id: 'land',
  wording: 'Sổ đỏ chậm cấp ba năm nay',
  original: 'Sổ đỏ chậm',
  field: null,
  bridgePointName: 'Đống Đa 03',
  district: 'Đống Đa',
  channel: 'letter',
  urgency: 'urgent',
  state: 'forwarded',
  code: 'K7Q2M9ABX',
  forwardedAt: 70 * minuteMs,
});
const old = question({ id: 'old', wording: 'Nước sạch', forwardedAt: 10 * minuteMs });
const all = [road, land, old];

it.each<[Partial<Filter>, string[]]>([
  [{}, ['road', 'land', 'old']],
  [{ text: 'duong lang' }, ['road', 'old']],
  [{ text: 'ĐƯỜNG ngập' }, ['road']],
  [{ text: 'mua ngap' }, ['road']],
  [{ text: 'dong da' }, ['land']],
  [{ text: 'tám' }, ['road', 'land', 'old']],
  [{ text: 'k7q2m9' }, ['land']],
  [{ text: 'duong so do' }, []],
  [{ field: 'Nông thôn mới' }, ['road', 'old']],
  [{ field: '' }, ['land']],
  [{ text: 'duong', field: '' }, []],
  [{ district: 'Đống Đa' }, ['land']],
  [{ channel: 'letter' }, ['land']],
  [{ state: 'accepted' }, ['road', 'old']],
  [{ urgency: 'urgent' }, ['land']],
  [{ urgency: 'normal', district: 'Ba Vì' }, ['road', 'old']],
  [{ age: 'recent' }, ['road']],
  [{ age: 'hour' }, ['old']],
  [{ age: 'stale' }, ['land']],
])('%j finds %j', (choices, ids) => {
  const found = filterQuestions(all, { ...noFilter, ...choices }, clock);
  expect(found.map(({ id }) => id)).toEqual(ids);
});

it('finds the same again and again, while words are typed and taken back and facts change', () => {
  const repeated = new RepeatedFilter();
  const edited = { ...old, wording: 'Đường ngập khi mưa', revision: 1 };
  const typed = ['d', 'du', 'duong', 'duong ngap', 'duong n', '', 'nuoc', 'nuoc x'];
  for (const list of [all, [road, edited, land]]) {
    for (const text of typed) {
      for (const filter of [
        { ...noFilter, text },
        { ...noFilter, text, urgency: 'normal' as const },
        { ...noFilter, text },
      ]) {
        const expected = filterQuestions(list, filter, clock);
        expect(repeated.run(list, filter, clock)).toEqual(expected);
        expect(repeated.run(list, filter, clock)).toEqual(expected);
        expect(repeated.run([...list, edited], filter, clock)).toEqual(
          filterQuestions([...list, edited], filter, clock),
        );
      }
    }
  }
});

it('makes no new list when there is nothing to look for', () => {
  expect(filterQuestions(all, noFilter, clock)).toBe(all);
});

it.each<[Partial<Filter>, boolean]>([
  [{}, false],
  [{ text: 'a' }, false],
  [{ field: '' }, true],
])('%j narrows: %s', (choices, does) => {
  expect(narrows({ ...noFilter, ...choices })).toBe(does);
});

it('folds ahead, and says where to go on', () => {
  expect(warm(all, 0, 1_000)).toBe(3);
  expect(warm(all, 3, 1_000)).toBe(3);
  expect(warm(all, 1, 0)).toBe(1);
});

it('goes through five thousand well within a frame', () => {
  const many = Array.from({ length: 5_000 }, (_, index) =>
    question({ id: String(index), wording: `Đề nghị sửa đường số ${index} trước mùa mưa bão` }),
  );
  warm(many, 0, 10_000);
  const filter = { ...noFilter, text: 'sua duong 49' };
  const times = Array.from({ length: 9 }, () => {
    const begun = performance.now();
    expect(filterQuestions(many, filter, clock).length).toBeGreaterThan(50);
    return performance.now() - begun;
  });
  expect(Math.min(...times)).toBeLessThan(30);
});
