import { existing, type Handlers, questionOf } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { ofQuestion } from './decide.ts';

/** Notes of one question; each is for a person to read. */
export const maxNotes = 200;

/** What the desk keeps beside a question: notes, and what an agency wrote for the leader. */
export const deskHandlers: Handlers<'question.note' | 'question.unnote' | 'question.brief'> = {
  'question.note': {
    object: ofQuestion,
    decide(state, { questionId, noteId, text }) {
      questionOf(state, questionId);
      if (state.notes.has(noteId)) throw new Refusal('already_exists', { kind: 'note' });
      const notes = [...state.notes.values()].filter((note) => note.questionId === questionId);
      if (notes.length >= maxNotes) throw new Refusal('limit_reached', { limit: maxNotes });
      return [{ type: 'question.noted', payload: { questionId, noteId, text } }];
    },
  },
  'question.unnote': {
    object: (state: DialogueState) => ({ dialogueId: existing(state).id }),
    decide(state, { noteId }) {
      if (state.notes.get(noteId)?.removedAt !== null)
        throw new Refusal('not_found', { kind: 'note', id: noteId });
      return [{ type: 'question.unnoted', payload: { noteId } }];
    },
  },
  'question.brief': {
    object: ofQuestion,
    decide(state, { questionId, brief }) {
      if (brief === null && questionOf(state, questionId).brief === null) {
        throw new Refusal('wrong_state', { state: 'noBrief', event: 'brief' });
      }
      return [{ type: 'question.briefed', payload: { questionId, brief } }];
    },
  },
};
