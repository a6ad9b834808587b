import { describe, expect, it } from 'vitest';
import vi from '../../../../../locales/vi/operator.ts';
import { neighbour, wallAction, wallActions, wallKeyHelp } from './keys.ts';

const press = (key: string, change = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...change,
});

describe('keys of the wall', () => {
  it.each([
    ['/', false, 'search'],
    ['P', false, 'pictures'],
    ['?', false, 'help'],
    ['p', true, null],
    ['Escape', true, 'close'],
    ['x', false, null],
  ])('%s, in a field %s: %s', (key, inField, action) => {
    expect(wallAction(press(key), inField)).toBe(action);
  });

  it('leaves the browser its own', () => {
    expect(wallAction(press('p', { ctrlKey: true }), false)).toBeNull();
  });

  it('are all in the help, with words', () => {
    expect(wallKeyHelp.map(({ text }) => text)).toEqual([...wallActions]);
    expect(Object.keys(vi.keys).sort()).toEqual([...wallActions].sort());
  });
});

describe('an arrow', () => {
  // Two lines of three, and one of a single tile in the next group.
  const boxes = [0, 1, 2, 3, 4, 5, 6].map((at) => ({
    left: (at % 3) * 110,
    top: Math.floor(at / 3) * 60 + (at === 6 ? 40 : 0),
    width: 100,
    height: 50,
  }));

  it.each([
    [0, 'ArrowRight', 1],
    [2, 'ArrowRight', 3],
    [6, 'ArrowRight', 6],
    [0, 'ArrowLeft', 0],
    [1, 'ArrowDown', 4],
    [4, 'ArrowUp', 1],
    [5, 'ArrowDown', 6],
    [6, 'ArrowUp', 3],
    [1, 'ArrowUp', 1],
  ])('from %i by %s leads to %i', (from, key, to) => {
    expect(neighbour(boxes, from, key)).toBe(to);
  });
});
