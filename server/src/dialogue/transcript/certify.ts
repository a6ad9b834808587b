import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import type { Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import { ofTranscript, requireEvent } from './decide.ts';
import { hashOf, presentLines } from './versions.ts';

type Names = Extract<
  CommandName,
  | 'transcript.finish'
  | 'transcript.reopen'
  | 'transcript.certify'
  | 'transcript.supersede'
  | 'transcript.vocabulary'
  | 'transcript.mute'
>;

/** What is done to the transcript as a whole. */
export const certificationHandlers: Handlers<Names> = {
  'transcript.finish': {
    object: ofTranscript,
    decide(state) {
      requireEvent(state, 'finish');
      return [{ type: 'transcript.finished', payload: {} }];
    },
  },
  'transcript.reopen': {
    object: ofTranscript,
    decide(state) {
      requireEvent(state, 'reopen');
      return [{ type: 'transcript.reopened', payload: {} }];
    },
  },
  'transcript.certify': {
    object: ofTranscript,
    decide(state, { hash, certifiedBy }) {
      requireEvent(state, 'certify');
      const present = hashOf(presentLines(state));
      // Something was heard, or a name was changed, since it was read.
      if (hash !== present) throw new Refusal('changed_meanwhile', { hash: present });
      const { version } = state.transcript;
      return [{ type: 'transcript.certified', payload: { version, hash, certifiedBy } }];
    },
  },
  'transcript.supersede': {
    object: ofTranscript,
    decide(state, { reason }) {
      requireEvent(state, 'supersede');
      const { version } = state.transcript;
      return [{ type: 'transcript.superseded', payload: { version, reason } }];
    },
  },
  'transcript.vocabulary': {
    object: ofTranscript,
    decide: (_state, vocabulary) => [{ type: 'vocabulary.changed', payload: vocabulary }],
  },
  'transcript.mute': {
    object: ofTranscript,
    decide(state, { muted }) {
      if (state.transcript.isMuted === muted) {
        const now = muted ? 'muted' : 'shown';
        throw new Refusal('wrong_state', { state: now, event: 'mute' });
      }
      return [{ type: 'captions.muted', payload: { muted } }];
    },
  },
};
