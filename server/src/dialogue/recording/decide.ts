import { broadcastCodeLength, type RecordingStop } from '@nhip-cau/shared/model/recording';
import type { Actor } from '../kernel/actor.ts';
import type { EntryDraft } from '../kernel/entries.ts';
import { existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';

type Names = keyof typeof import('@nhip-cau/shared/protocol/recording').recordingCommands;

const object = (state: DialogueState) => ({ dialogueId: existing(state).id });

export const recordingHandlers: Handlers<Names> = {
  'recording.start': {
    object,
    decide(state) {
      requireOff(existing(state).recordingSince, 'start');
      return [{ type: 'recording.started', payload: {} }];
    },
  },
  'recording.stop': {
    object,
    decide(state, { reason }, { actor }) {
      requireOn(existing(state).recordingSince);
      return stopRecording(state, reasonOf(actor, reason));
    },
  },
  'broadcast.start': {
    object,
    decide(state, _payload, { newCode }) {
      const { broadcastSince, broadcastCode } = existing(state);
      requireOff(broadcastSince, 'start');
      // The address that people were given stays good when it is stopped and started again.
      const code = broadcastCode ?? newCode(broadcastCodeLength);
      return [{ type: 'broadcast.started', payload: { code } }];
    },
  },
  'broadcast.stop': {
    object,
    decide(state, { reason }, { actor }) {
      requireOn(existing(state).broadcastSince);
      return stopBroadcast(state, reasonOf(actor, reason));
    },
  },
};

/** The end of the recording, where there is one. */
export function stopRecording(state: DialogueState, reason: RecordingStop): EntryDraft[] {
  if (existing(state).recordingSince === null) return [];
  return [{ type: 'recording.stopped', payload: { reason } }];
}

/** The end of the broadcast, where there is one. */
export function stopBroadcast(state: DialogueState, reason: RecordingStop): EntryDraft[] {
  if (existing(state).broadcastSince === null) return [];
  return [{ type: 'broadcast.stopped', payload: { reason } }];
}

/** Only the server sees the disk; what a person stops, a person stopped. */
function reasonOf(actor: Actor, reason: RecordingStop = 'person'): RecordingStop {
  return actor.kind === 'system' ? reason : 'person';
}

function requireOff(since: number | null, event: string): void {
  if (since !== null) throw new Refusal('wrong_state', { state: 'on', event });
}

function requireOn(since: number | null): void {
  if (since === null) throw new Refusal('wrong_state', { state: 'off', event: 'stop' });
}
