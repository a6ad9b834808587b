import { elapsedAt } from '@nhip-cau/shared/model/floor';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Turn } from '../kernel/state.ts';

/** What all turns of a district have taken at `now` (epoch ms), in ms; one that runs counts too. */
export function spokenMs(state: DialogueState, district: string, now: number): number {
  let ms = 0;
  for (const turn of state.turns.values()) {
    if (isHallTurn(turn) && districtOf(state, turn) === district) ms += elapsedAt(turn.clock, now);
  }
  return ms;
}

/** The head table's own time is nobody's share. */
function isHallTurn({ kind, state }: Turn): boolean {
  return kind !== 'host' && state !== 'cancelled';
}

function districtOf(state: DialogueState, { bridgePointId }: Turn): string {
  return inLog(state.bridgePoints.get(bridgePointId), bridgePointId).district;
}
