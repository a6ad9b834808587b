import { expect, it, vi } from 'vitest';
import { once } from './once.ts';

it('is made once, ahead or when it is needed', () => {
  const make = vi.fn(() => undefined);
  const one = once(make);
  expect(make).not.toHaveBeenCalled();
  one.ahead();
  one.ahead();
  expect([one.result(), one.result()]).toEqual([undefined, undefined]);
  expect(make).toHaveBeenCalledTimes(1);
  expect(once(() => 7).result()).toBe(7);
});

it('keeps what went wrong for who needs it', () => {
  const make = vi.fn(() => {
    throw new Error('no plan');
  });
  const one = once(make);
  one.ahead();
  expect(() => one.result()).toThrow('no plan');
  expect(() => one.result()).toThrow('no plan');
  expect(make).toHaveBeenCalledTimes(1);
});
