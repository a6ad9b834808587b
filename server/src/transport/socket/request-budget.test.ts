import { expect, test } from 'vitest';
import { RequestBudget } from './request-budget.ts';

test('a session may ask so often in so long, whatever others do', () => {
  const budget = new RequestBudget({ limit: 2, windowMs: 100 });
  expect([0, 50, 99].map((now) => budget.allows('a', now))).toEqual([true, true, false]);
  expect(budget.allows('b', 99)).toBe(true);
  budget.sweep(99);
  expect([99, 100, 150, 199].map((now) => budget.allows('a', now))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  budget.sweep(250);
  expect(budget.allows('a', 250)).toBe(true);
});

test('far above the limit it is a flood, until its time is over', () => {
  const budget = new RequestBudget({ limit: 2, windowMs: 100 });
  const floods = Array.from({ length: 21 }, () => {
    budget.allows('a', 0);
    return budget.isFlood('a');
  });
  expect(floods.indexOf(true)).toBe(20);
  expect(budget.isFlood('b')).toBe(false);
  budget.allows('a', 100);
  expect(budget.isFlood('a')).toBe(false);
});
