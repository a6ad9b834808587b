import { expect, it } from 'vitest';
import { finder } from './search.ts';

it.each([
  ['ba vi 7', true],
  ['  07   BA VÌ ', true],
  ['', true],
  ['đien cau', false],
  ['diem cau', true],
  ['ba dinh', false],
])('%j finds the hall: %s', (sought, expected) => {
  expect(finder(sought)('Điểm cầu 07 – Ba Vì')).toBe(expected);
});
