import { describe, expect, it } from 'vitest';
import { turnTransitions } from './floor.ts';
import { questionTransitions } from './questions.ts';
import { dialogueTransitions } from './session.ts';
import { nextState, type TransitionTable } from './transitions.ts';

type Table = TransitionTable<string, string>;

function reachable(table: Table, from: string): Set<string> {
  const seen = new Set([from]);
  for (const state of seen) for (const next of Object.values(table[state]!)) seen.add(next!);
  return seen;
}

describe.each<[string, Table, string, string[]]>([
  ['a dialogue', dialogueTransitions as Table, 'draft', ['ended']],
  ['a question', questionTransitions as Table, 'asked', ['withdrawn']],
  ['a turn', turnTransitions as Table, 'onDeck', ['ended', 'cancelled']],
])('%s', (_name, table, first, last) => {
  it('can reach every state it has', () => {
    expect(reachable(table, first)).toEqual(new Set(Object.keys(table)));
  });

  it('ends where it should and nowhere else', () => {
    const final = Object.keys(table).filter((state) => Object.keys(table[state]!).length === 0);
    expect(final.sort()).toEqual(last.sort());
  });
});

describe('what the floor must never do', () => {
  it('opens a held or ended turn by nothing but a person’s resumption', () => {
    expect(nextState(turnTransitions, 'held', 'call')).toBeUndefined();
    expect(nextState(turnTransitions, 'ended', 'resume')).toBeUndefined();
    expect(nextState(turnTransitions, 'ended', 'call')).toBeUndefined();
  });

  it('calls a question that the city has not accepted', () => {
    for (const state of ['asked', 'forwarded', 'returned', 'withdrawn', 'disposed'] as const) {
      expect(nextState(questionTransitions, state, 'call')).toBeUndefined();
    }
  });
});
