import { keptReports } from '@nhip-cau/shared/model/rehearsal';
import type { Reducers } from '../kernel/entries.ts';
import type { DialogueState, Readiness } from '../kernel/state.ts';

export const rehearsalReducers: Reducers<'rehearsal.reported' | 'rollCall.marked'> = {
  'rehearsal.reported': (state, { at, payload: { bridgePointId, checks } }) => {
    const readiness = readinessOf(state, bridgePointId);
    readiness.reports = [{ at, checks }, ...readiness.reports].slice(0, keptReports);
  },
  'rollCall.marked': (state, { at, payload: { bridgePointId, mark } }) => {
    readinessOf(state, bridgePointId).rollCall = mark === null ? null : { ...mark, at };
  },
};

function readinessOf(state: DialogueState, id: string): Readiness {
  let readiness = state.readiness.get(id);
  if (!readiness) state.readiness.set(id, (readiness = { id, reports: [], rollCall: null }));
  state.touch('readiness', id);
  return readiness;
}
