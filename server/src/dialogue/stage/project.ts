import type { NextHall, StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';
import { publicSpeaker } from '../floor/speaker.ts';

/** Halls named as next, behind those on deck. */
const nextShown = 3;

/** The stage as everybody sees it. */
export function projectStage(state: DialogueState): StageFact {
  return {
    onAir: state.currentTurnId === null ? null : stageTurn(state, state.currentTurnId),
    onDeck: [...state.onDeckTurnIds].map((turnId) => stageTurn(state, turnId)),
    next: state.plan
      .slice(0, nextShown)
      .map(({ question: { bridgePointId } }) => hall(state, bridgePointId)),
  };
}

function stageTurn(state: DialogueState, turnId: string): StageTurn {
  const turn = inLog(state.turns.get(turnId), turnId);
  const { questionId } = turn;
  const question = questionId === null ? null : inLog(state.questions.get(questionId), questionId);
  return {
    turnId,
    kind: turn.kind,
    questionId,
    ...hall(state, turn.bridgePointId),
    state: turn.state,
    heldReason: turn.heldReason,
    clock: turn.clock,
    budgetMs: turn.budgetMs,
    extendedMs: turn.extendedMs,
    districtSpokenMs: turn.districtSpokenMs,
    wording: question?.wording ?? null,
    field: question?.field ?? null,
    asker: publicSpeaker(state, turn),
  };
}

function hall(state: DialogueState, bridgePointId: string): NextHall {
  const { name, district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  return { bridgePointId, bridgePointName: name, district };
}
