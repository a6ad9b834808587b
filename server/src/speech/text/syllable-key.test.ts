import { expect, test } from 'vitest';
import { spelling, syllableKey } from './syllable-key.ts';

test.each([
  ['lăm', 'năm'],
  ['nàng', 'làng'],
  ['sơn', 'xơn'],
  ['chương', 'trương'],
  ['da', 'gia'],
  ['da', 'ra'],
  ['giêng', 'diên'],
  ['mỹ', 'mĩ'],
  ['yên', 'iên'],
  ['quý', 'quí'],
  ['thuý', 'thúi'],
  ['kỹ', 'kỷ'],
  ['đan', 'đang'],
  ['bát', 'bác'],
  ['hươu', 'hiêu'],
  ['rượu', 'riệu'],
  ['nghĩ', 'ngỉ'],
  ['quốc', 'cuốc'],
  ['HÀ', 'hà'],
  ['tòa'.normalize('NFD'), 'tòa'],
])('%s sounds near %s', (a, b) => {
  expect(syllableKey(a).near).toBe(syllableKey(b).near);
});

test.each([
  ['ba', 'bà'],
  ['tay', 'tai'],
  ['mua', 'moa'],
  ['quan', 'can'],
  ['anh', 'an'],
  ['đa', 'da'],
  ['ân', 'an'],
  ['vì', 'dì'],
  ['4.0', '40'],
])('%s does not sound near %s', (a, b) => {
  expect(syllableKey(a).near).not.toBe(syllableKey(b).near);
});

test('without its tone a syllable is near what differs by tone alone', () => {
  expect(syllableKey('lình').far).toBe(syllableKey('ninh').far);
  expect(syllableKey('lình').near).not.toBe(syllableKey('ninh').near);
});

test.each([
  ['hoà', 'hòa', true],
  ['Uỷ', 'ủy', true],
  ['mĩ', 'Mỹ', true],
  ['tay', 'tai', false],
  ['thuỷ', 'thủi', false],
  ['kỹ', 'kỷ', false],
])('%s is another spelling of %s: %s', (a, b, isSame) => {
  expect(spelling(a) === spelling(b)).toBe(isSame);
});
