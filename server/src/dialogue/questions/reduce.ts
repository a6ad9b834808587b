import { type QuestionEvent, questionTransitions } from '@nhip-cau/shared/model/questions';
import type { Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { insertByRank, removeFromQueue } from './rank.ts';

/** Takes a question through its transition, and in or out of the queue as its new state says. */
export function advanceQuestion(
  state: DialogueState,
  questionId: string,
  event: QuestionEvent,
): Question {
  const question = inLog(state.questions.get(questionId), questionId);
  if (question.state === 'accepted') removeFromQueue(state.queue, questionId);
  question.state = step(questionTransitions, question.state, event);
  if (question.state === 'accepted') insertByRank(state.queue, question);
  state.touch('question', questionId);
  return question;
}

export const questionReducers: Reducers<
  | 'question.asked'
  | 'question.edited'
  | 'question.forwarded'
  | 'question.returned'
  | 'question.accepted'
  | 'question.moved'
  | 'queue.spread'
  | 'question.withdrawn'
  | 'question.disposed'
  | 'question.undisposed'
> = {
  'question.asked': (state, { at, payload: { questionId, text, ...asked } }) => {
    state.questions.set(questionId, {
      id: questionId,
      ...asked,
      original: text,
      wording: text,
      state: 'asked',
      askedAt: at,
      forwardedAt: null,
      acceptedAt: null,
      rank: null,
      returnReason: null,
      returnedBy: null,
      disposition: null,
      turnId: null,
    });
    if (asked.personId !== null) {
      const own = state.questionsByPerson.get(asked.personId);
      if (own) own.add(questionId);
      else state.questionsByPerson.set(asked.personId, new Set([questionId]));
    }
    state.touch('question', questionId);
  },
  'question.edited': (state, { payload: { questionId, wording, field } }) => {
    const question = advanceQuestion(state, questionId, 'edit');
    if (wording !== undefined) question.wording = wording;
    if (field !== undefined) question.field = field;
  },
  'question.forwarded': (state, { at, payload: { questionId } }) => {
    const question = advanceQuestion(state, questionId, 'forward');
    question.forwardedAt = at;
    question.returnReason = null;
    question.returnedBy = null;
  },
  'question.returned': (state, { payload: { questionId, by, reason } }) => {
    const question = advanceQuestion(state, questionId, 'return');
    question.rank = null;
    question.returnReason = reason;
    question.returnedBy = by;
  },
  'question.accepted': (state, { at, payload: { questionId, rank } }) => {
    const question = inLog(state.questions.get(questionId), questionId);
    question.rank = rank;
    question.acceptedAt = at;
    advanceQuestion(state, questionId, 'accept');
  },
  'question.moved': (state, { payload: { questionId, rank } }) => {
    const question = inLog(state.questions.get(questionId), questionId);
    removeFromQueue(state.queue, questionId);
    question.rank = rank;
    insertByRank(state.queue, question);
    state.touch('question', questionId);
  },
  'queue.spread': (state, { payload: { ranks } }) => {
    for (const question of state.queue) {
      question.rank = ranks[question.id] ?? question.rank;
      state.touch('question', question.id);
    }
  },
  'question.withdrawn': (state, { payload: { questionId } }) => {
    advanceQuestion(state, questionId, 'withdraw').rank = null;
  },
  'question.disposed': (state, { payload: { questionId, disposition } }) => {
    advanceQuestion(state, questionId, 'dispose').disposition = disposition;
  },
  'question.undisposed': (state, { payload: { questionId } }) => {
    advanceQuestion(state, questionId, 'undispose').disposition = null;
  },
};
