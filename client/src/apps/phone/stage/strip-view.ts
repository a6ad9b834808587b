import type { TurnKind } from '@nhip-cau/shared/model/floor';
import type { DialogueState } from '@nhip-cau/shared/model/session';
import type { StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import type { TallyState } from '../../../ui/tally.ts';

export interface StripView {
  kind:
    | 'notStarted'
    | TurnKind
    | 'held'
    | 'interrupted'
    | 'hostNext'
    | 'hostLeads'
    | 'paused'
    | 'ended';
  tally: TallyState;
  turn: StageTurn | null;
  /** The hall that comes next, empty when none is named. */
  next: string;
}

/** What the strip says of the stage. */
export function stripView(state: DialogueState, stage: StageFact | null): StripView {
  const turn = stage?.onAir ?? null;
  const next = (stage?.onDeck[0] ?? stage?.next[0])?.bridgePointName ?? '';
  const quiet = { tally: 'standby', turn: null, next } as const;
  if (state === 'ended') return { ...quiet, kind: 'ended' };
  if (turn?.state === 'held') {
    const kind = turn.heldReason === 'person' ? 'interrupted' : 'held';
    return { kind, tally: 'held', turn, next };
  }
  if (turn) return { kind: turn.kind, tally: 'onAir', turn, next };
  if (state === 'paused') return { ...quiet, kind: 'paused' };
  if (state === 'live') return { ...quiet, kind: next ? 'hostNext' : 'hostLeads' };
  return { ...quiet, kind: 'notStarted' };
}
