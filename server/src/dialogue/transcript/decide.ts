import { existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';

export const transcriptHandlers: Handlers<'transcript.add'> = {
  'transcript.add': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, { lineId, text, speaker }) {
      if (state.linesById.has(lineId)) throw new Refusal('already_exists', { kind: 'line' });
      const turnId = speaker === 'turn' ? state.currentTurnId : null;
      if (speaker === 'turn' && turnId === null) {
        throw new Refusal('wrong_state', { state: 'noTurn', event: 'transcribe' });
      }
      return [{ type: 'transcript.added', payload: { lineId, text, turnId } }];
    },
  },
};
