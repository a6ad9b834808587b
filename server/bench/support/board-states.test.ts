import { expect, test } from 'vitest';
import { BoardStates, emptyBoard, gap } from './board-states.ts';

const put = (id: string, value: unknown) => ({ collection: 'caption', id, value });

test('whoever has the same has the same board, by whichever way', () => {
  const states = new BoardStates();
  const first = states.after(emptyBoard, 'full 1', () => ({
    seq: 1,
    full: true,
    puts: [put('a', 1)],
  }));
  const second = states.after(first, 'b', () => ({ seq: 2, prev: 1, puts: [put('b', 2)] }));
  const late = states.after(emptyBoard, 'full 2', () => ({
    seq: 2,
    full: true,
    puts: [put('b', 2), put('a', 1)],
  }));
  expect(late).toBe(second);
  expect(states.seqOf(late)).toBe(2);
  const other = new BoardStates();
  const alone = other.after(emptyBoard, 'x', () => ({
    seq: 2,
    full: true,
    puts: [put('a', 1), put('b', 2)],
  }));
  expect(other.digestOf(alone)).toBe(states.digestOf(late));
});

test('a message that is known changes nothing, one that does not join on is a gap', () => {
  const states = new BoardStates();
  const board = states.after(emptyBoard, 'full', () => ({ seq: 5, full: true, puts: [] }));
  expect(states.after(board, 'old', () => ({ seq: 5, prev: 4, puts: [put('a', 1)] }))).toBe(board);
  expect(states.after(board, 'far', () => ({ seq: 8, prev: 7, puts: [] }))).toBe(gap);
  const gone = states.after(board, 'on', () => ({ seq: 6, prev: 5, puts: [put('a', 1)] }));
  const back = states.after(gone, 'off', () => ({ seq: 7, prev: 6, puts: [put('a', null)] }));
  expect(states.digestOf(back)).not.toBe(states.digestOf(board));
});
