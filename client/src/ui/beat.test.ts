import { afterEach, expect, test, vi } from 'vitest';
import { startBeat } from './beat.ts';

afterEach(() => vi.useRealTimers());

test('what pulses is low, and high again, as long as the page stands', () => {
  vi.useFakeTimers();
  const root = { dataset: {} as DOMStringMap };
  startBeat(root);
  const seen = Array.from({ length: 4 }, () => {
    vi.advanceTimersByTime(1_600);
    return root.dataset['beat'];
  });
  expect(seen).toEqual(['low', 'high', 'low', 'high']);
});
