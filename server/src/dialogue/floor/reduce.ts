import { stopped, type TurnEvent, turnTransitions } from '@nhip-cau/shared/model/floor';
import type { EntryPayloads, Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import type { DialogueState, Turn } from '../kernel/state.ts';
import { advanceQuestion } from '../questions/reduce.ts';
import { spokenMs } from './districts.ts';

type Names = Extract<keyof EntryPayloads, `turn.${string}`>;

export const floorReducers: Reducers<Names> = {
  'turn.prepared': (state, { at, payload: { turnId, questionId, budgetMs } }) => {
    const question = advanceQuestion(state, questionId, 'prepare');
    question.turnId = turnId;
    // Out of the queue: what was pinned behind it moves up.
    state.departures += 1;
    const { bridgePointId } = question;
    const kind = 'question';
    addTurn(state, { turnId, kind, questionId, handId: null, bridgePointId, budgetMs }, at);
  },
  'turn.opened': (state, { at, payload }) => addTurn(state, payload, at),
  'turn.released': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'release');
    turn.endedAt = at;
    state.onDeckTurnIds.delete(turnId);
    const questionId = questionOfQueue(turn);
    if (questionId !== null) {
      advanceQuestion(state, questionId, 'release').turnId = null;
      state.departures -= 1;
    }
  },
  'turn.called': (state, { at, payload: { turnId, budgetMs } }) => {
    const turn = advanceTurn(state, turnId, 'call');
    const { district } = inLog(state.bridgePoints.get(turn.bridgePointId), turn.bridgePointId);
    turn.districtSpokenMs = turn.kind === 'host' ? 0 : spokenMs(state, district, at);
    turn.budgetMs = budgetMs ?? turn.budgetMs;
    turn.calledAt = at;
    turn.clock = { elapsedMs: 0, runningSince: at };
    state.onDeckTurnIds.delete(turnId);
    state.currentTurnId = turnId;
    if (turn.kind !== 'host') state.talk.bridgePointId = turn.bridgePointId;
    if (turn.questionId !== null) state.talk.questionId = turn.questionId;
    const questionId = questionOfQueue(turn);
    if (questionId !== null) advanceQuestion(state, questionId, 'call').pin = null;
  },
  'turn.held': (state, { at, payload: { turnId, reason } }) => {
    const turn = advanceTurn(state, turnId, 'hold');
    turn.clock = stopped(turn.clock, at);
    turn.heldReason = reason;
  },
  'turn.resumed': (state, { at, payload: { turnId } }) => {
    const turn = advanceTurn(state, turnId, 'resume');
    turn.clock = { elapsedMs: turn.clock.elapsedMs, runningSince: at };
    turn.heldReason = null;
  },
  'turn.extended': (state, { payload: { turnId, ms } }) => {
    const turn = advanceTurn(state, turnId, 'extend');
    turn.budgetMs += ms;
    turn.extendedMs += ms;
  },
  'turn.ended': (state, { at, payload: { turnId, reason } }) => {
    const turn = advanceTurn(state, turnId, 'end');
    turn.clock = stopped(turn.clock, at);
    turn.endedAt = at;
    turn.heldReason = null;
    turn.endReason = reason ?? null;
    if (state.currentTurnId === turnId) state.currentTurnId = null;
    const questionId = questionOfQueue(turn);
    if (questionId === null) return;
    const question = advanceQuestion(state, questionId, 'endTurn');
    if (question.disposition !== null) advanceQuestion(state, questionId, 'dispose');
  },
};

/** The question whose own turn this is: a reply or the head table's answer is not its turn. */
function questionOfQueue({ kind, questionId }: Turn): string | null {
  return kind === 'question' ? questionId : null;
}

function addTurn(
  state: DialogueState,
  { turnId, ...made }: Omit<EntryPayloads['turn.opened'], 'kind'> & Pick<Turn, 'kind'>,
  at: number,
): void {
  state.turns.set(turnId, {
    id: turnId,
    ...made,
    state: 'onDeck',
    heldReason: null,
    endReason: null,
    clock: { elapsedMs: 0, runningSince: null },
    extendedMs: 0,
    districtSpokenMs: 0,
    preparedAt: at,
    calledAt: null,
    endedAt: null,
  });
  state.onDeckTurnIds.add(turnId);
  state.isPlanStale = true;
  state.touch('turn', turnId);
}

function advanceTurn(state: DialogueState, turnId: string, event: TurnEvent): Turn {
  const turn = inLog(state.turns.get(turnId), turnId);
  turn.state = step(turnTransitions, turn.state, event);
  // Who was heard, and for how long, weighs in the order of the queue.
  state.isPlanStale = true;
  state.touch('turn', turnId);
  return turn;
}
