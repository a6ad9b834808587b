import type { TurnState } from '@nhip-cau/shared/model/floor';
import type { StageTurn } from '@nhip-cau/shared/protocol/facts';

export function turn(state: TurnState, bridgePointName: string): StageTurn {
  return {
    turnId: 't',
    kind: 'question',
    heldReason: null,
    extendedMs: 0,
    districtSpokenMs: 0,
    muted: false,
    people: 1,
    halls: 1,
    questionId: 'q',
    bridgePointId: 'b',
    bridgePointName,
    district: 'd',
    state,
    clock: { elapsedMs: 0, runningSince: null },
    budgetMs: 180_000,
    wording: 'w',
    field: null,
    asker: null,
  };
}
