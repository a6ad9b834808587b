import type { StageTurn } from '@nhip-cau/shared/protocol/facts';
import type { Readiness } from './readiness.ts';

/** `linkLost`: its hall is not connected; `kept`: it is, and waits for a person to resume it. */
export type HeldBecause = 'linkLost' | 'kept';

/** Why the turn is held as far as it can be seen, `null` when it is not. */
export function heldBecause(
  turn: Pick<StageTurn, 'state' | 'bridgePointId'> | null,
  readinessOf: (bridgePointId: string) => Readiness,
): HeldBecause | null {
  if (turn?.state !== 'held') return null;
  const readiness = readinessOf(turn.bridgePointId);
  return readiness === 'offline' || readiness === 'unknown' ? 'linkLost' : 'kept';
}
