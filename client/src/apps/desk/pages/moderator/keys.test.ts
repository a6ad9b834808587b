import { expect, it } from 'vitest';
import vi from '../../../../locales/vi/moderator.ts';
import { cardAction, keyAction, keyHelp } from './keys.ts';

const press = (key: string, rest: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...rest,
});

it.each([
  [press('j'), 'next'],
  [press('K'), 'previous'],
  [press('?'), 'help'],
  [press('n'), 'slip'],
  [press('/'), 'search'],
  [press('f'), null],
  [press('q', { ctrlKey: true }), null],
  [press('j', { isComposing: true }), null],
])('%o does %s on the page', (event, action) => {
  expect(keyAction(event)).toBe(action);
});

it.each([
  [press('f'), 'forward'],
  [press('R'), 'return'],
  [press('m'), 'merge'],
  [press('!'), 'urgent'],
  [press('r', { metaKey: true }), null],
  [press('x'), null],
])('%o does %s to a question', (event, action) => {
  expect(cardAction(event)).toBe(action);
});

it('lists every text of the help once', () => {
  expect(keyHelp.map(({ text }) => text).toSorted()).toEqual(Object.keys(vi.keys).toSorted());
});
