import type { EntryPayloads, Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';

export const bridgePointReducers: Reducers<'bridgePoints.imported' | 'bridgePoint.updated'> = {
  'bridgePoints.imported': (state, { payload: { added, updated } }) => {
    for (const bridgePoint of added) state.addBridgePoint({ ...bridgePoint });
    for (const change of updated) update(state, change);
  },
  'bridgePoint.updated': (state, { payload }) => update(state, payload),
};

function update(state: DialogueState, change: EntryPayloads['bridgePoint.updated']): void {
  const { bridgePointId, ...fields } = change;
  Object.assign(inLog(state.bridgePoints.get(bridgePointId), bridgePointId), fields);
  state.touch('bridgePoint', bridgePointId);
}
