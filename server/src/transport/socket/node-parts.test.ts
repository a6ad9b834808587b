import { expect, it } from 'vitest';
import type { NodeValue } from '../../dialogue/nodes/ports.ts';
import { NodeParts } from './node-parts.ts';

type Listener = (key: string, nodeId: string, value: NodeValue | null) => void;

it('tells what all nodes say together, and takes back what a lost one said', () => {
  const said: [string, NodeValue | null][] = [];
  const told: [string, string, number | null][] = [];
  let hear: Listener = () => {};
  const parts = new NodeParts<number>({
    values: {
      set: (key, value) => said.push([key, value]),
      onChange: (listener) => (hear = listener),
      nodes: () => [],
      close: () => {},
    },
    name: 'screens',
    combine: (all) => all.reduce((sum, one) => sum + one, 0),
    tell: (dialogueId, id, now) => told.push([dialogueId, id, now]),
  });
  parts.set('d', 'hall', 1);
  hear('screens d hall', 'other', 2);
  hear('cameras d hall', 'other', 9);
  hear('screens d elsewhere', 'other', 5);
  parts.set('d', 'hall', null);
  hear('screens d hall', 'other', null);
  expect(said).toEqual([
    ['screens d hall', 1],
    ['screens d hall', null],
  ]);
  expect(told).toEqual([
    ['d', 'hall', 1],
    ['d', 'hall', 3],
    ['d', 'elsewhere', 5],
    ['d', 'hall', 2],
    ['d', 'hall', null],
  ]);
});
