import { expect, test } from 'vitest';
import { treeFrom, treeUsageOf, usedBetween } from './process-tree.ts';

const process = (pid: number, parent: number) => ({ pid, parent, kind: 'browser' });

test('a tree is a process and whatever it or its children started', () => {
  const all = [process(1, 0), process(5, 1), process(6, 5), process(7, 6), process(8, 1)];
  expect(treeFrom(5, all).map(({ pid }) => pid)).toEqual([5, 6, 7]);
  expect(treeFrom(9, all)).toEqual([]);
});

test('what was used is told by kind, of newcomers from their start, of those that ended not', () => {
  const before = new Map([
    [1, { kind: 'browser', seconds: 2 }],
    [2, { kind: 'renderer', seconds: 3 }],
  ]);
  const after = new Map([
    [1, { kind: 'browser', seconds: 2.5 }],
    [3, { kind: 'renderer', seconds: 1 }],
    [4, { kind: 'renderer', seconds: 0.25 }],
  ]);
  expect([...usedBetween(before, after)]).toEqual([
    ['browser', 0.5],
    ['renderer', 1.25],
  ]);
});

test('this very process is in its own tree', () => {
  expect(treeUsageOf(globalThis.process.pid).get(globalThis.process.pid)?.seconds).toBeGreaterThan(
    0,
  );
});
