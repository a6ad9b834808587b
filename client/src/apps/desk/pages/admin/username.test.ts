import { expect, it } from 'vitest';
import { isUsername, suggestUsername } from './username.ts';

it.each([
  ['Nguyễn Thị Hoa', 'hoa.nt'],
  ['Đặng Văn Đức', 'duc.dv'],
  ['  Hoa ', 'hoa'],
  ['Bùi  Thị O’Neil', 'oneil.bt'],
  ['', ''],
])('%j gets the user name %j', (name, username) => {
  expect(suggestUsername(name)).toBe(username);
});

it.each([
  ['hoa.nt', true],
  ['h', false],
  ['Hoa', false],
  ['hoa nt', false],
  ['.hoa', false],
])('%j is a user name: %s', (text, expected) => {
  expect(isUsername(text)).toBe(expected);
});
