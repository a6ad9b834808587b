import { describe, expect, test } from 'vitest';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import { RateLimits } from './limits.ts';

const limit = { points: 2, seconds: 60 };

function setUp(maxKeys = 3) {
  const clock = { now: 1_000_000 };
  const limits = new RateLimits({ maxKeys, now: () => clock.now });
  const isTaken = (key: string) => {
    try {
      limits.take(limit, key);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return error.toProtocol();
      throw error;
    }
  };
  return { clock, limits, isTaken };
}

describe('a limit', () => {
  test('lets as many pass in its time, and then again', () => {
    const { clock, isTaken } = setUp();
    expect([isTaken('a'), isTaken('a')]).toEqual([true, true]);
    clock.now += 20_000;
    const refused = { code: 'rate_limited', details: { retryAfterMs: 40_000 } };
    expect([isTaken('a'), isTaken('a'), isTaken('b')]).toEqual([refused, refused, true]);
    clock.now += 40_000;
    expect(isTaken('a')).toBe(true);
  });

  test('counts a guess without taking any, and refuses once they are used up', () => {
    const { limits } = setUp();
    limits.requireLeft(limit, 'a');
    expect(limits.size).toBe(0);
    limits.count(limit, 'a');
    limits.count(limit, 'a');
    expect(() => limits.requireLeft(limit, 'a')).toThrow(Refusal);
  });

  test('holds no more keys than it has room for, and none beyond its time', () => {
    const { clock, limits, isTaken } = setUp(3);
    for (let i = 0; i < 1_000; i += 1) isTaken(`key ${i}`);
    expect(limits.size).toBe(3);
    clock.now += 60_000;
    isTaken('another');
    expect(limits.size).toBe(1);
  });
});
