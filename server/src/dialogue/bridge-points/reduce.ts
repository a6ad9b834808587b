import type { EntryPayloads, Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';

export const bridgePointReducers: Reducers<'bridgePoints.imported' | 'bridgePoint.updated'> = {
  'bridgePoints.imported': (state, { payload: { added, updated } }) => {
    for (const bridgePoint of added) state.addBridgePoint(bridgePoint);
    for (const change of updated) update(state, change);
  },
  'bridgePoint.updated': (state, { payload }) => update(state, payload),
};

function update(state: DialogueState, change: EntryPayloads['bridgePoint.updated']): void {
  const { bridgePointId, ...fields } = change;
  Object.assign(inLog(state.bridgePoints.get(bridgePointId), bridgePointId), fields);
  state.touch('bridgePoint', bridgePointId);
  if (fields.name !== undefined || fields.district !== undefined) {
    touchNamedAfter(state, bridgePointId);
    state.isPlanStale = true;
  }
}

/** What is told under the hall's name is told anew. */
function touchNamedAfter(state: DialogueState, bridgePointId: string): void {
  for (const [kind, rows] of [
    ['question', state.questions],
    ['turn', state.turns],
    ['person', state.persons],
    ['hand', state.hands],
  ] as const) {
    for (const row of rows.values()) {
      if (row.bridgePointId === bridgePointId) state.touch(kind, row.id);
    }
  }
  for (const line of state.lines) {
    if (line.bridgePointId === bridgePointId) state.touch('transcriptLine', line.id);
  }
}
