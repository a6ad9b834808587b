import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useSettled } from './useSettled.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function settled() {
  const source = shallowRef(0);
  const make = vi.fn(() => source.value);
  const scope = effectScope();
  const made = scope.run(() => useSettled(make, 100))!;
  return { source, make, scope, ...made };
}

it('follows at once after a quiet time, then once an interval, and never misses the last', async () => {
  const { source, make, value } = settled();
  expect(value.value).toBe(0);
  vi.advanceTimersByTime(100);
  source.value = 1;
  await nextTick();
  expect(value.value).toBe(1);
  for (let next = 2; next <= 9; next += 1) {
    source.value = next;
    vi.advanceTimersByTime(10);
  }
  await nextTick();
  expect(value.value).toBe(1);
  vi.advanceTimersByTime(20);
  expect(value.value).toBe(9);
  expect(make).toHaveBeenCalledTimes(3);
});

it('takes in what waits when it is told to', () => {
  const { source, value, settle } = settled();
  source.value = 1;
  settle();
  expect(value.value).toBe(1);
});

it('makes nothing any more once its scope is gone', () => {
  const { source, make, scope } = settled();
  source.value = 1;
  scope.stop();
  vi.advanceTimersByTime(1_000);
  expect(make).toHaveBeenCalledTimes(1);
});
