import { stopped, type TurnEvent, turnTransitions } from '@nhip-cau/shared/model/floor';
import type { Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import type { DialogueState, Turn } from '../kernel/state.ts';
import { advanceQuestion } from '../questions/reduce.ts';

export const floorReducers: Reducers<
  'turn.prepared' | 'turn.released' | 'turn.called' | 'turn.held' | 'turn.resumed' | 'turn.ended'
> = {
  'turn.prepared': (state, { at, payload: { turnId, questionId, budgetMs } }) => {
    const question = advanceQuestion(state, questionId, 'prepare');
    question.turnId = turnId;
    state.turns.set(turnId, {
      id: turnId,
      questionId,
      bridgePointId: question.bridgePointId,
      state: 'onDeck',
      clock: { elapsedMs: 0, runningSince: null },
      budgetMs,
      preparedAt: at,
      calledAt: null,
      endedAt: null,
    });
    state.onDeckTurnIds.add(turnId);
    state.touch('turn', turnId);
  },
  'turn.released': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'release');
    turn.endedAt = at;
    state.onDeckTurnIds.delete(turnId);
    advanceQuestion(state, turn.questionId, 'release').turnId = null;
  },
  'turn.called': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'call');
    turn.calledAt = at;
    turn.clock = { elapsedMs: 0, runningSince: at };
    state.onDeckTurnIds.delete(turnId);
    state.currentTurnId = turnId;
    advanceQuestion(state, turn.questionId, 'call');
  },
  'turn.held': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'hold');
    turn.clock = stopped(turn.clock, at);
  },
  'turn.resumed': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'resume');
    turn.clock = { elapsedMs: turn.clock.elapsedMs, runningSince: at };
  },
  'turn.ended': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'end');
    turn.clock = stopped(turn.clock, at);
    turn.endedAt = at;
    if (state.currentTurnId === turnId) state.currentTurnId = null;
    const question = advanceQuestion(state, turn.questionId, 'endTurn');
    if (question.disposition !== null) advanceQuestion(state, question.id, 'dispose');
  },
};

function advanceTurn(state: DialogueState, turnId: string, event: TurnEvent): Turn {
  const turn = inLog(state.turns.get(turnId), turnId);
  turn.state = step(turnTransitions, turn.state, event);
  state.touch('turn', turnId);
  return turn;
}
