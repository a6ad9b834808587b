import { lineTransitions } from '@nhip-cau/shared/model/lines';
import type { Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import { sideOf } from './side.ts';
import type { DialogueState, Line } from '../kernel/state.ts';

export const lineReducers: Reducers<'line.said' | 'line.rung' | 'line.answered' | 'line.hungUp'> = {
  'line.said': (state, { at, payload: { messageId, bridgePointId, ...said } }) => {
    const messages = state.messagesByHall.get(bridgePointId) ?? [];
    state.messagesByHall.set(bridgePointId, messages);
    const message = { id: messageId, bridgePointId, ...said, at, position: messages.length + 1 };
    messages.push(message);
    state.lineMessages.set(messageId, message);
    state.touch('lineMessage', messageId);
  },
  'line.rung': (state, { at, payload: { bridgePointId, by, accountId, name } }) => {
    const before = state.voiceLines.get(bridgePointId)?.state ?? 'idle';
    const now = step(lineTransitions, before, 'ring');
    state.lineEnds.delete(bridgePointId);
    put(state, { id: bridgePointId, state: now, rungBy: by, accountId, name, since: at });
  },
  'line.answered': (state, { at, payload: { bridgePointId, accountId, name } }) => {
    const line = inLog(state.voiceLines.get(bridgePointId), bridgePointId);
    const now = step(lineTransitions, line.state, 'answer');
    put(state, { ...line, state: now, accountId, name, since: at });
  },
  'line.hungUp': (state, { at, actor, payload: { bridgePointId, reason } }) => {
    const line = inLog(state.voiceLines.get(bridgePointId), bridgePointId);
    const now = step(lineTransitions, line.state, 'hangUp');
    state.lineEnds.set(bridgePointId, reason ?? sideOf(actor));
    put(state, { ...line, state: now, rungBy: null, accountId: null, name: null, since: at });
  },
};

function put(state: DialogueState, line: Line): void {
  state.voiceLines.set(line.id, line);
  state.touch('line', line.id);
}
