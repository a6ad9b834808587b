import { expect, it } from 'vitest';
import { lineWith } from './line.fixture.ts';
import { missingIn } from './missing.ts';

const done = {
  lines: [lineWith(), lineWith({ id: 'gone', isRemoved: true, lowWords: [1, 2] })],
  dialogueState: 'ended' as const,
  transcribing: null,
  unsaved: 0,
  conflicts: 0,
};

it.each([
  [{}, []],
  [{ dialogueState: 'live' as const }, [{ name: 'running', count: 1 }]],
  [{ transcribing: { state: 'listening' as const, runs: 2 } }, []],
  [{ transcribing: { state: 'behind' as const, runs: 0 } }, [{ name: 'untranscribed', count: 1 }]],
  [{ transcribing: { state: 'down' as const, runs: 3 } }, [{ name: 'untranscribed', count: 3 }]],
  [
    { lines: [lineWith({ lowWords: [0, 3] })], unsaved: 1 },
    [
      { name: 'unsaved', count: 1 },
      { name: 'low', count: 2 },
    ],
  ],
])('with %j is left %j', (change, expected) => {
  expect(missingIn({ ...done, ...change })).toEqual(expected);
});
