import type { NextHall, StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';
import { publicAsker } from '../questions/asker.ts';

/** Halls named as next, behind those on deck. */
const nextShown = 3;

/** The stage as everybody sees it. */
export function projectStage(state: DialogueState): StageFact {
  return {
    onAir: state.currentTurnId === null ? null : stageTurn(state, state.currentTurnId),
    onDeck: [...state.onDeckTurnIds].map((turnId) => stageTurn(state, turnId)),
    next: state.queue.slice(0, nextShown).map(({ bridgePointId }) => hall(state, bridgePointId)),
  };
}

function stageTurn(state: DialogueState, turnId: string): StageTurn {
  const turn = inLog(state.turns.get(turnId), turnId);
  const question = inLog(state.questions.get(turn.questionId), turn.questionId);
  return {
    turnId,
    questionId: question.id,
    ...hall(state, turn.bridgePointId),
    state: turn.state,
    clock: turn.clock,
    budgetMs: turn.budgetMs,
    wording: question.wording,
    field: question.field,
    asker: publicAsker(question),
  };
}

function hall(state: DialogueState, bridgePointId: string): NextHall {
  const { name, district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  return { bridgePointId, bridgePointName: name, district };
}
