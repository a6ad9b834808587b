import type { StageTurn } from '@nhip-cau/shared/protocol/facts';
import type { Readiness } from './readiness.ts';

/**
 * `interrupted`: a person took the floor back. Else the link was lost: `linkLost` while its hall is
 * not connected; `kept` when it is, and waits for a person to resume it.
 */
export type HeldBecause = 'interrupted' | 'linkLost' | 'kept';

/** Why the turn is held as far as it can be seen, `null` when it is not. */
export function heldBecause(
  turn: Pick<StageTurn, 'state' | 'heldReason' | 'bridgePointId'> | null,
  readinessOf: (bridgePointId: string) => Readiness,
): HeldBecause | null {
  if (turn?.state !== 'held') return null;
  if (turn.heldReason === 'person') return 'interrupted';
  const readiness = readinessOf(turn.bridgePointId);
  return readiness === 'offline' || readiness === 'unknown' ? 'linkLost' : 'kept';
}
