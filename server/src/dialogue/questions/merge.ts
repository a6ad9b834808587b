import { leadStates } from '@nhip-cau/shared/model/questions';
import { type Handlers, questionOf } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Question } from '../kernel/state.ts';
import { ofQuestion, ready } from './decide.ts';

/** States of the city's own questions; the others stand in their halls. */
const atHall: readonly string[] = ['asked', 'returned'];

export const mergeHandlers: Handlers<'question.merge' | 'question.unmerge'> = {
  'question.merge': {
    object: ofQuestion,
    decide(state, { questionId, intoQuestionId }, { role }) {
      if (questionId === intoQuestionId) throw new Refusal('invalid', { path: 'intoQuestionId' });
      const question = ready(state, questionId, 'merge');
      const lead = questionOf(state, intoQuestionId);
      // Before anything of the lead is told: of another hall's a moderator learns nothing.
      if (role === 'moderator') requireOwnMerge(question, lead);
      if (!leadStates.includes(lead.state)) {
        throw new Refusal('wrong_state', { state: lead.state, event: 'merge', id: lead.id });
      }
      if (role !== 'moderator') requireCityMerge(question, lead);
      return [{ type: 'question.merged', payload: { questionId, intoQuestionId } }];
    },
  },
  'question.unmerge': {
    object: ofQuestion,
    decide(state, { questionId }, { role }) {
      const question = questionOf(state, questionId);
      const to = question.stateBefore;
      if (
        question.state !== 'merged' ||
        to === null ||
        (to === 'asked') !== (role === 'moderator')
      ) {
        throw new Refusal('wrong_state', { state: question.state, event: 'unmerge' });
      }
      return [{ type: 'question.unmerged', payload: { questionId, to } }];
    },
  },
};

/** A moderator puts what is still in the hall together with another question of that hall. */
function requireOwnMerge(question: Question, lead: Question): void {
  if (question.state !== 'asked') {
    throw new Refusal('wrong_state', { state: question.state, event: 'merge' });
  }
  if (lead.bridgePointId !== question.bridgePointId) {
    throw new Refusal('not_found', { kind: 'question', id: lead.id });
  }
}

/** The city puts together what has come to it, across halls. */
function requireCityMerge(question: Question, lead: Question): void {
  for (const { id, state } of [question, lead]) {
    if (atHall.includes(state)) throw new Refusal('wrong_state', { state, event: 'merge', id });
  }
}
