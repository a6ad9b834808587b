import { expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { filterQuestions, noFilter } from './search.ts';

const road = question({ id: 'road' });
const land = question({
  id: 'land',
  wording: 'Sổ đỏ chậm cấp ba năm nay',
  original: 'Sổ đỏ chậm',
  field: null,
  bridgePointName: 'Đống Đa 03',
  district: 'Đống Đa',
});
const all = [road, land];

it.each([
  ['', null, ['road', 'land']],
  ['duong lang', null, ['road']],
  ['ĐƯỜNG', null, ['road']],
  ['lang duong', null, ['road']],
  ['dong da', null, ['land']],
  ['tám', null, ['road', 'land']],
  ['duong so do', null, []],
  ['', 'Nông thôn mới', ['road']],
  ['', '', ['land']],
  ['duong', '', []],
])('%j in the field %j finds %j', (text, field, ids) => {
  expect(filterQuestions(all, { text, field }).map(({ id }) => id)).toEqual(ids);
});

it('makes no new list when there is nothing to look for', () => {
  expect(filterQuestions(all, noFilter)).toBe(all);
});
