import { dialogueTransitions } from '@nhip-cau/shared/model/session';
import type { EntryDraft } from '../kernel/entries.ts';
import { existing, type Handlers, requireTransition } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { joinCodeLength } from '../bridge-points/decide.ts';
import { stopBroadcast, stopRecording } from '../recording/decide.ts';

const ofDialogue = (state: DialogueState) => ({ dialogueId: existing(state).id });

export const sessionHandlers: Handlers<
  | 'dialogue.create'
  | 'dialogue.configure'
  | 'dialogue.open'
  | 'dialogue.start'
  | 'dialogue.pause'
  | 'dialogue.resume'
  | 'dialogue.end'
> = {
  'dialogue.create': {
    object: (state) => ({ dialogueId: state.id }),
    decide(state, settings, { newId, newCode }) {
      if (state.dialogue !== null) throw new Refusal('already_exists', { kind: 'dialogue' });
      const centralBridgePoint = {
        id: newId(),
        code: 'central',
        name: settings.organiser,
        district: settings.organiser,
        kind: 'central',
        isCentral: true,
        expectedAttendance: 0,
        headcount: null,
        headcountAt: null,
        joined: 0,
        present: 0,
        joinCode: newCode(joinCodeLength),
      };
      return [{ type: 'dialogue.created', payload: { settings, centralBridgePoint } }];
    },
  },
  'dialogue.configure': {
    object: ofDialogue,
    decide: (_state, settings) => [{ type: 'dialogue.configured', payload: { settings } }],
  },
  'dialogue.open': {
    object: ofDialogue,
    decide: (state) => {
      requireTransition(dialogueTransitions, existing(state).state, 'open');
      return [{ type: 'dialogue.opened', payload: {} }];
    },
  },
  'dialogue.start': {
    object: ofDialogue,
    decide: (state) => {
      requireTransition(dialogueTransitions, existing(state).state, 'start');
      return [{ type: 'dialogue.started', payload: {} }];
    },
  },
  'dialogue.pause': {
    object: ofDialogue,
    decide: (state) => {
      requireTransition(dialogueTransitions, existing(state).state, 'pause');
      return [...holdCurrent(state), { type: 'dialogue.paused', payload: {} }];
    },
  },
  'dialogue.resume': {
    object: ofDialogue,
    decide: (state) => {
      requireTransition(dialogueTransitions, existing(state).state, 'resume');
      // The held turn stays held: a person opens the microphone again, not the clock.
      return [{ type: 'dialogue.resumed', payload: {} }];
    },
  },
  'dialogue.end': {
    object: ofDialogue,
    decide: (state) => {
      requireTransition(dialogueTransitions, existing(state).state, 'end');
      return [
        ...closeFloor(state),
        ...stopRecording(state, 'ended'),
        ...stopBroadcast(state, 'ended'),
        { type: 'dialogue.ended', payload: {} },
      ];
    },
  },
};

function holdCurrent(state: DialogueState): EntryDraft[] {
  const turn = state.currentTurnId === null ? undefined : state.turns.get(state.currentTurnId);
  return turn?.state === 'onAir'
    ? [{ type: 'turn.held', payload: { turnId: turn.id, reason: 'person' } }]
    : [];
}

function closeFloor(state: DialogueState): EntryDraft[] {
  const drafts: EntryDraft[] = [];
  if (state.currentTurnId !== null) {
    const turnId = state.currentTurnId;
    drafts.push({ type: 'turn.ended', payload: { turnId, reason: 'person' } });
  }
  for (const turnId of state.onDeckTurnIds) {
    drafts.push({ type: 'turn.released', payload: { turnId } });
  }
  if (existing(state).presentation !== null) {
    drafts.push({ type: 'presentation.changed', payload: { presentation: null } });
  }
  return drafts;
}
