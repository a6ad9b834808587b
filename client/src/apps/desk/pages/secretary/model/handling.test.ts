import type { Handling } from '@nhip-cau/shared/protocol/signals';
import { expect, it } from 'vitest';
import { initialsOf, namesOf, openedBefore, othersOf } from './handling.ts';

const pages = (...ids: string[]): Handling[] =>
  ids.map((socketId, since) => ({ socketId, accountId: socketId, name: socketId, since }));
const ids = (handling: readonly Handling[]) => handling.map(({ socketId }) => socketId).join('');

it.each<[string, Handling[] | undefined, string, string]>([
  ['nobody', undefined, '', ''],
  ['only this page', pages('me'), '', ''],
  ['another one first', pages('a', 'me'), 'a', 'a'],
  ['another one later', pages('me', 'a'), '', 'a'],
  ['others on both sides', pages('a', 'me', 'b'), 'a', 'ab'],
  ['others, this page not at all', pages('a', 'b'), 'ab', 'ab'],
])('%s has it open', (_case, handling, before, others) => {
  expect(ids(openedBefore(handling, 'me'))).toBe(before);
  expect(ids(othersOf(handling, 'me'))).toBe(others);
});

it('names each person once', () => {
  const twice = pages('a', 'b').map((page) => ({ ...page, name: 'Trần Thị Thư' }));
  expect(namesOf(twice)).toEqual(['Trần Thị Thư']);
});

it.each([
  ['Trần Thị Thư', 'TT'],
  ['Nguyễn Văn Đông', 'VĐ'],
  ['thư', 'T'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
