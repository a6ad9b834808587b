import { expect, it } from 'vitest';
import { dropTarget, stepTarget } from './moves.ts';

const queue = ['a', 'b', 'c', 'd'];

it.each([
  ['a', 'up', undefined],
  ['a', 'top', undefined],
  ['a', 'down', 'c'],
  ['c', 'up', 'b'],
  ['c', 'down', null],
  ['d', 'down', undefined],
  ['d', 'top', 'a'],
  ['elsewhere', 'up', undefined],
] as const)('%s one step %s goes before %s', (id, step, before) => {
  expect(stepTarget(queue, id, step)).toBe(before);
});

it.each([
  ['all shown, to the front', queue, 'c', 0, 'a'],
  ['all shown, one down', queue, 'a', 1, 'c'],
  ['all shown, to the end', queue, 'a', 3, null],
  ['where it was', queue, 'b', 1, undefined],
  ['some hidden, before the next shown', ['a', 'd'], 'd', 0, 'a'],
  ['some hidden, right behind the last shown', ['a', 'b'], 'a', 1, 'c'],
  ['alone among the shown', ['b'], 'b', 0, undefined],
] as const)('a drop, %s', (_case, shown, id, index, before) => {
  expect(dropTarget(queue, shown, id, index)).toBe(before);
});
