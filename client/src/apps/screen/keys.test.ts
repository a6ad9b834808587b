import { expect, it } from 'vitest';
import { actionOf, listedKeys } from './keys.ts';

const stroke = (key: string, more: Partial<Parameters<typeof actionOf>[0]> = {}) =>
  actionOf({ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, ...more });

it.each([
  ['+', 'larger'],
  ['=', 'larger'],
  ['-', 'smaller'],
  ['c', 'contrast'],
  ['C', 'contrast'],
  ['L', 'track'],
  ['?', 'help'],
  ['Escape', 'leave'],
  ['x', undefined],
])('%s: %s', (key, action) => {
  expect(stroke(key)).toBe(action);
});

it('leaves the browser its own keys, and does nothing again while one is held down', () => {
  expect(stroke('+', { ctrlKey: true })).toBeUndefined();
  expect(stroke('t', { metaKey: true })).toBeUndefined();
  expect(stroke('f', { altKey: true })).toBeUndefined();
  expect(stroke('t', { repeat: true })).toBeUndefined();
});

it('lists no key that does nothing', () => {
  const named = listedKeys.flatMap(({ keys }) => [...keys] as string[]);
  // As it is printed; the key itself sends a hyphen.
  expect(named.map((key) => stroke(key.replace('−', '-')))).not.toContain(undefined);
});
