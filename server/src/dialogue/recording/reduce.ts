import type { Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';
import type { Dialogue, DialogueState } from '../kernel/state.ts';

type Names = `${'recording' | 'broadcast'}.${'started' | 'stopped'}`;

export const recordingReducers: Reducers<Names> = {
  'recording.started': (state, { at }) => change(state, { recordingSince: at }),
  'recording.stopped': (state) => change(state, { recordingSince: null }),
  'broadcast.started': (state, { at, payload: { code } }) =>
    change(state, { broadcastSince: at, broadcastCode: code }),
  'broadcast.stopped': (state) => change(state, { broadcastSince: null }),
};

function change(state: DialogueState, changed: Partial<Dialogue>): void {
  Object.assign(inLog(state.dialogue ?? undefined, state.id), changed);
  state.touch('dialogue', state.id);
}
