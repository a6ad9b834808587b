import { expect, test } from 'vitest';
import { inOrder } from './order.ts';

test.each<[string, [id: string, after: string | null][], string[]]>([
  ['none', [], []],
  ['one', [['a', null]], ['a']],
  [
    'several, told in any order',
    [
      ['c', 'b'],
      ['a', null],
      ['d', 'c'],
      ['b', 'a'],
    ],
    ['a', 'b', 'c', 'd'],
  ],
  [
    'what hangs on nothing is left out',
    [
      ['a', null],
      ['c', 'b'],
    ],
    ['a'],
  ],
])('places that name the one before them stand in order: %s', (_name, places, expected) => {
  const order = inOrder(places.map(([id, after]) => ({ id, after })));
  expect(order.map(({ id }) => id)).toEqual(expected);
});
