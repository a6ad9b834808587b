import { expect, it } from 'vitest';
import { actionOf, bindings, keyFor } from './keys.ts';

const stroke = (key: string, held: string = '') => ({
  key,
  altKey: held.includes('alt'),
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  isComposing: false,
});

it.each([
  ['F4', '', true, 'play'],
  [' ', '', false, 'play'],
  [' ', '', true, null],
  ['F9', '', true, 'nextLow'],
  ['F9', 'shift', true, 'previousLow'],
  ['j', '', false, 'nextLine'],
  ['j', '', true, null],
  ['ArrowDown', '', true, null],
  ['ArrowDown', 'alt', true, 'nextLine'],
  ['Enter', '', true, null],
  ['Enter', '', false, 'edit'],
  ['Enter', 'ctrl', true, 'saveNext'],
  ['Enter', 'alt', true, 'split'],
  ['s', 'ctrl', true, 'save'],
  ['s', '', true, null],
  ['?', 'shift', false, 'help'],
  ['=', 'alt', true, 'faster'],
  ['s', 'meta', true, null],
] as const)('%j with %j, in a field %s: %s', (key, held, inField, expected) => {
  expect(actionOf(stroke(key, held), inField)).toBe(expected);
});

it('leaves the keys alone with which letters are composed', () => {
  expect(actionOf({ ...stroke('F4'), isComposing: true }, true)).toBeNull();
});

it('has each key once', () => {
  const keys = bindings.map(({ key, ctrl, alt, shift }) => [key, ctrl, alt, shift].join());
  expect(new Set(keys).size).toBe(keys.length);
});

it('names them', () => {
  expect([keyFor('play'), keyFor('split'), keyFor('nextLine')]).toEqual(['F4', 'Alt + Enter', 'J']);
});
