import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

describe('chance by seed', () => {
  test('is the same again, and another for another seed', () => {
    expect(take(new Random(7), 5)).toEqual(take(new Random(7), 5));
    expect(take(new Random(7), 5)).not.toEqual(take(new Random(8), 5));
  });

  test('lies evenly from 0 to below 1', () => {
    const numbers = take(new Random(1), 10_000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = Object.values(Object.groupBy(numbers, (number) => Math.floor(number * 10)));
    for (const tenth of tenths) expect(Math.abs(tenth!.length - 1_000)).toBeLessThan(150);
  });

  test('of a fork does not depend on what the fork is asked', () => {
    const [one, other] = [new Random(2), new Random(2)];
    take(one.fork(), 9);
    other.fork();
    expect(one.next()).toBe(other.next());
  });

  test('weighs, shuffles and names', () => {
    const random = new Random(4);
    const weighed = Array.from({ length: 1_000 }, () => random.weigh({ a: 9, b: 1, c: 0 }));
    expect(weighed.filter((choice) => choice === 'a').length).toBeGreaterThan(850);
    expect(weighed).not.toContain('c');
    expect(random.shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
    expect(random.uuid()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(() => random.pick([])).toThrow('nothing to choose from');
  });
});
