import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { expect, test } from 'vitest';
import { joinDeliveries } from './join-deliveries.ts';

const delivery = (seq: number, prev: number, ...puts: [string, unknown][]): Delivery => ({
  dialogueId: 'd',
  audience: 'everyone',
  seq,
  prev,
  puts: puts.map(([id, value]) => ({ collection: 'caption', id, value })),
});

const told = (...deliveries: Delivery[]) => {
  const board = new Map<string, unknown>();
  for (const { id, value } of deliveries.flatMap(({ puts }) => puts)) {
    if (value === null) board.delete(id);
    else board.set(id, value);
  }
  return [...board].sort();
};

test.each([
  ['new things', [delivery(5, 3, ['a', 1]), delivery(6, 5, ['b', 2])]],
  ['a thing that changes', [delivery(5, 3, ['a', 1], ['b', 1]), delivery(6, 5, ['a', 2])]],
  ['one that goes', [delivery(5, 3, ['a', 1]), delivery(6, 5, ['a', null])]],
  ['one that comes back', [delivery(5, 3, ['a', null]), delivery(6, 5, ['a', 3])]],
  [
    'three of them',
    [delivery(5, 3, ['a', 1]), delivery(7, 5, ['a', null], ['b', 1]), delivery(9, 7, ['c', 1])],
  ],
])('%s: joined they say the same, from the first one’s prev to the last one’s seq', (_, all) => {
  const joined = all.reduce(joinDeliveries);
  expect(told(joined)).toEqual(told(...all));
  expect([joined.prev, joined.seq]).toEqual([all[0]!.prev, all.at(-1)!.seq]);
  const ids = joined.puts.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
