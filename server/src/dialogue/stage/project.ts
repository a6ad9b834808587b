import type { NextHall, StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';
import { publicQuestion, publicSpeaker } from '../floor/speaker.ts';
import { hallsOf, supportersOf } from '../questions/merged.ts';

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
    presentation: state.dialogue?.presentation ?? null,
  };
}

function stageTurn(state: DialogueState, turnId: string): StageTurn {
  const turn = inLog(state.turns.get(turnId), turnId);
  const question = publicQuestion(state, turn);
  return {
    turnId,
    kind: turn.kind,
    questionId: turn.questionId,
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
    muted: state.equipment.get(turn.bridgePointId)?.muted ?? false,
    people: question ? 1 + supportersOf(state, question) : 0,
    halls: question ? hallsOf(state, question) : 0,
  };
}

function hall(state: DialogueState, bridgePointId: string): NextHall {
  const { name, district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  return { bridgePointId, bridgePointName: name, district };
}
