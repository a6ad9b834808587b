import { expect, it } from 'vitest';
import { actionOf, bindings } from './keys.ts';
import type { KeyAction, Keystroke } from './keys.ts';

const stroke = (key: string, changes: Partial<Keystroke> = {}): Keystroke => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  ...changes,
});

it.each<[string, Keystroke, boolean, KeyAction | null]>([
  ['a letter', stroke('j'), false, 'next'],
  ['with caps lock', stroke('J'), false, 'next'],
  ['with shift', stroke('J', { shiftKey: true }), false, 'selectNext'],
  ['a letter that shift gives no meaning', stroke('A', { shiftKey: true }), false, null],
  ['a sign that needs shift here', stroke('?', { shiftKey: true }), false, 'help'],
  ['in a field', stroke('j'), true, null],
  ['a function key in a field', stroke('F8'), true, 'speakerHall'],
  ['escape in a field', stroke('Escape'), true, 'leave'],
  ['an arrow alone', stroke('ArrowUp'), false, null],
  ['an arrow with Alt', stroke('ArrowUp', { altKey: true }), false, 'moveUp'],
  ['the browser’s own', stroke('r', { ctrlKey: true }), false, null],
  ['the system’s own', stroke('r', { metaKey: true }), false, null],
  ['a letter being composed', stroke('a', { isComposing: true }), false, null],
])('%s', (_case, pressed, inField, action) => {
  expect(actionOf(pressed, inField)).toBe(action);
});

it('gives each key to one action', () => {
  const keys = bindings.map(
    ({ key, alt, shift }) => `${alt ? 'alt ' : ''}${shift ? 'shift ' : ''}${key}`,
  );
  expect(new Set(keys).size).toBe(keys.length);
});
