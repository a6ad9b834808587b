import { expect, test } from 'vitest';
import { Gathering } from './gathering.ts';

test('what comes while a call is under way shares the next one', async () => {
  const calls: { items: number[]; finish: (sum: number) => void }[] = [];
  const gathering = new Gathering<number, number>((items) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    calls.push({ items, finish: resolve });
    return promise;
  });
  const first = gathering.add([1]);
  await Promise.resolve();
  const others = [2, 3, 4].map((item) => gathering.add([item]));
  expect(calls.map(({ items }) => items)).toEqual([[1]]);
  calls[0]!.finish(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(calls.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
  calls[1]!.finish(9);
  expect(await Promise.all(others)).toEqual([9, 9, 9]);
});

test('a call that fails is the failure of those that shared it, and of nobody else', async () => {
  let fails = true;
  const gathering = new Gathering<number, number>(async (items) => {
    if (fails) throw new Error('away');
    return items.length;
  });
  const failing = [gathering.add([1]), gathering.add([2])];
  for (const one of failing) await expect(one).rejects.toThrow('away');
  fails = false;
  expect(await gathering.add([3])).toBe(1);
});
