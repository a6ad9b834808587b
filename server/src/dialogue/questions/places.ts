import { lastPlaceTold } from '@nhip-cau/shared/model/questions';
import type { DialogueState } from '../kernel/state.ts';

/**
 * Numbers the first of the queue anew, on deck included, and returns the questions whose place
 * changed: their halls and askers are told.
 */
export function renumberPlaces(state: DialogueState): string[] {
  const before = new Map(state.places);
  state.places.clear();
  let place = state.onDeckTurnIds.size;
  for (const { id } of state.queue.slice(0, lastPlaceTold)) {
    place += 1;
    state.places.set(id, place);
  }
  const changed: string[] = [];
  for (const [id, was] of before) if (state.places.get(id) !== was) changed.push(id);
  for (const id of state.places.keys()) if (!before.has(id)) changed.push(id);
  return changed;
}
