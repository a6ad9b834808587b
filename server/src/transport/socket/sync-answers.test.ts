import { afterEach, expect, test, vi } from 'vitest';
import { Boards } from '../../dialogue/kernel/boards.ts';
import { SyncAnswers } from './sync-answers.ts';

const dialogueId = 'd';
const view = (id: string, value: object) =>
  ({ audience: 'everyone', collection: 'question', id, value }) as never;

/** Boards read from a log of 100 entries, with one commit more: their latest is 101. */
function boardsWith(text: string): Boards {
  const boards = new Boards();
  boards.restore(100, [view('a', { text })]);
  boards.apply(dialogueId, 101, boards.compare([view('b', { text })]));
  return boards;
}

/** What is answered from these cursors, and how many of the answers had to be written. */
function answers(boards: Boards, cursors: readonly (number | undefined)[]) {
  const syncAnswers = new SyncAnswers();
  const writing = vi.spyOn(JSON, 'stringify');
  const given = cursors.map((cursor) =>
    syncAnswers.jsonOf(boards, ['everyone'], cursor === undefined ? {} : { everyone: cursor }),
  );
  const written = writing.mock.calls.length;
  writing.mockRestore();
  return { given: given.map((json) => JSON.parse(json).audiences[0]), written };
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('whoever needs it all gets the same answer, from wherever they say they come', () => {
  const guesses = [undefined, 0, 1, 99, 102, 5_000];
  const { given, written } = answers(boardsWith('x'), [...guesses, 100, 101, 100, 101]);
  expect(given.map(({ full, puts }) => [full, puts.length])).toEqual([
    ...guesses.map(() => [true, 2]),
    [false, 1],
    [false, 0],
    [false, 1],
    [false, 0],
  ]);
  expect(written).toBe(3);
});

test('answers that are too long to be kept together are written anew', () => {
  const boards = boardsWith('x'.repeat(5_000_000));
  // 10 million characters and 5 million: each alone is more than half of what is kept.
  const { given, written } = answers(boards, [100, undefined, 100]);
  expect(given.map(({ full }) => full)).toEqual([false, true, false]);
  expect(written).toBe(3);
});
