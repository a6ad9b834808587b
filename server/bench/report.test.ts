import { describe, expect, test, vi } from 'vitest';
import { atLeast, atMost, exactly, median, printReport, quantile } from './report.ts';

describe('targets', () => {
  test('hold at their limit and fail beyond it', () => {
    expect([atMost(1.1, 1.1).ok, atMost(1.2, 1.1).ok]).toEqual([true, false]);
    expect([atLeast(1, 1).ok, atLeast(0.9, 1).ok]).toEqual([true, false]);
    expect([exactly(0, 0).ok, exactly(1, 0).ok]).toEqual([true, false]);
  });

  test('fail when nothing was measured', () => {
    expect([atMost(NaN, 1).ok, atLeast(NaN, 1).ok, exactly(NaN, 0).ok]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('decide together', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const good = printReport({ name: 'n', figures: { a: 1 }, targets: { a: atMost(1, 2) } });
    const bad = printReport({ name: 'n', figures: { a: 3 }, targets: { a: atMost(3, 2) } });
    expect([good, bad]).toEqual([true, false]);
    expect(JSON.parse(String(log.mock.calls[1]?.[0]))).toEqual({
      name: 'n',
      figures: { a: 3 },
      targets: { a: { target: '<= 2', value: 3, ok: false } },
      ok: false,
    });
    log.mockRestore();
  });
});

test.each([
  [[], 0.5, NaN],
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.99, 4],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
])('the quantile of %j at %f is %f', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

test.each([
  [[], NaN],
  [[5], 5],
  [[4, 1], 2.5],
  [[9, 1, 5], 5],
])('the median of %j is %f', (values, expected) => {
  expect(median(values)).toBe(expected);
});
