import type { TurnKind } from '@nhip-cau/shared/model/floor';
import { describe, expect, test } from 'vitest';
import { type Dialogue, DialogueState } from '../kernel/state.ts';
import { attributionOf, questionAt } from './speaker.ts';

/** kind, hall, question, from, until. */
type Called = [string, TurnKind, string, string | null, number, number | null];

function stateOf(called: readonly Called[]): DialogueState {
  const state = new DialogueState('d');
  state.dialogue = { id: 'd', centralBridgePointId: 'central' } as Dialogue;
  for (const [id, kind, bridgePointId, questionId, calledAt, endedAt] of called) {
    state.turns.set(id, {
      id,
      kind,
      questionId,
      handId: null,
      bridgePointId,
      state: endedAt === null ? 'onAir' : 'ended',
      heldReason: null,
      endReason: null,
      clock: { elapsedMs: 0, runningSince: null },
      budgetMs: 0,
      extendedMs: 0,
      districtSpokenMs: 0,
      preparedAt: null,
      calledAt,
      endedAt,
    });
  }
  return state;
}

const state = stateOf([
  ['t1', 'question', 'hall 1', 'q1', 100, 200],
  ['t2', 'host', 'central', 'q1', 210, 300],
  ['t3', 'hand', 'hall 2', null, 400, 500],
  ['t4', 'question', 'hall 1', 'q4', 600, null],
]);

describe('whose words a microphone has heard', () => {
  test.each([
    ['hall 1', 150, 't1', 'q1', 'during its turn'],
    ['hall 1', 205, 't1', 'q1', 'the last words, after its turn'],
    ['hall 1', 550, 't1', 'q1', 'of its turns the one before'],
    ['hall 1', 650, 't4', 'q4', 'in its second turn'],
    ['hall 2', 390, 't3', null, 'a moment before its first turn'],
    ['hall 3', 450, null, null, 'in a hall that never had one'],
    ['central', 50, null, null, 'before all turns'],
    ['central', 150, null, 'q1', 'the head table, in a hall’s turn'],
    ['central', 205, null, 'q1', 'the head table, after it'],
    ['central', 250, 't2', 'q1', 'the head table, in its own turn'],
    ['central', 350, null, 'q1', 'the head table, after its own turn'],
    ['central', 450, null, null, 'the head table, while a hand speaks'],
  ])('%s at %d: turn %s, question %s (%s)', (hall, at, turnId, questionId, _when) => {
    expect(attributionOf(state, hall, at)).toEqual({ turnId, questionId });
  });

  test.each([
    [99, null],
    [100, 'q1'],
    [350, 'q1'],
    [450, null],
    [700, 'q4'],
  ])('at %d the question is %s', (at, questionId) => {
    expect(questionAt(state, at)).toBe(questionId);
  });
});
