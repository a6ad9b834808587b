import {
  defaultRules,
  type DialogueEvent,
  dialogueTransitions,
} from '@nhip-cau/shared/model/session';
import type { Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';

export const sessionReducers: Reducers<
  | 'dialogue.created'
  | 'dialogue.configured'
  | 'dialogue.opened'
  | 'dialogue.started'
  | 'dialogue.paused'
  | 'dialogue.resumed'
  | 'dialogue.ended'
> = {
  'dialogue.created': (state, { dialogueId, at, payload }) => {
    const { settings, centralBridgePoint } = payload;
    state.dialogue = {
      id: dialogueId,
      ...settings,
      rules: { ...defaultRules, ...settings.rules },
      state: 'draft',
      centralBridgePointId: centralBridgePoint.id,
      createdAt: at,
      startedAt: null,
      endedAt: null,
      recordingSince: null,
      broadcastSince: null,
      broadcastCode: null,
      presentation: null,
    };
    state.addBridgePoint(centralBridgePoint);
    state.touch('dialogue', dialogueId);
    state.touch('transcript', dialogueId);
  },
  'dialogue.configured': (state, { dialogueId, payload }) => {
    const { rules, ...settings } = payload.settings;
    const dialogue = inLog(state.dialogue ?? undefined, dialogueId);
    Object.assign(dialogue, settings);
    dialogue.rules = { ...dialogue.rules, ...rules };
    state.isPlanStale = true;
    state.touch('dialogue', dialogueId);
  },
  'dialogue.opened': (state) => advance(state, 'open'),
  'dialogue.started': (state, { at }) => {
    advance(state, 'start').startedAt = at;
  },
  'dialogue.paused': (state) => advance(state, 'pause'),
  'dialogue.resumed': (state) => advance(state, 'resume'),
  'dialogue.ended': (state, { at }) => {
    advance(state, 'end').endedAt = at;
    state.isPlanStale = true;
  },
};

function advance(state: DialogueState, event: DialogueEvent) {
  const dialogue = inLog(state.dialogue ?? undefined, state.id);
  dialogue.state = step(dialogueTransitions, dialogue.state, event);
  state.touch('dialogue', dialogue.id);
  return dialogue;
}
