import {
  backEvent,
  type QuestionEvent,
  questionTransitions,
  type RestorableState,
} from '@nhip-cau/shared/model/questions';
import type { EntryPayloads, Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { leadOf } from './merged.ts';

type Names = Extract<
  keyof EntryPayloads,
  `question.${string}` | 'questions.imported' | 'queue.spread'
>;

/** Takes a question through its transition, and in or out of the queue as its new state says. */
export function advanceQuestion(
  state: DialogueState,
  questionId: string,
  event: QuestionEvent,
): Question {
  const question = inLog(state.questions.get(questionId), questionId);
  const wasWaiting = question.state === 'accepted';
  question.state = step(questionTransitions, question.state, event);
  const isWaiting = question.state === 'accepted';
  if (wasWaiting && !isWaiting) state.queue.delete(questionId);
  if (isWaiting && !wasWaiting) state.queue.set(questionId, question);
  if (isWaiting !== wasWaiting) state.isPlanStale = true;
  state.touch('question', questionId);
  return question;
}

export const questionReducers: Reducers<Names> = {
  'question.asked': (state, { at, payload }) => addQuestion(state, at, payload),
  'questions.imported': (state, { at, payload: { questions } }) => {
    for (const question of questions) {
      addQuestion(state, at, { ...question, personId: null, channel: 'import' });
      advanceQuestion(state, question.questionId, 'forward').forwardedAt = at;
    }
  },
  'question.edited': (state, { payload: { questionId, wording, field, urgency } }) => {
    const question = advanceQuestion(state, questionId, 'edit');
    if (wording !== undefined) question.wording = wording;
    if (field !== undefined) question.field = field;
    if (urgency !== undefined) question.urgency = urgency;
    question.revision += 1;
    if (field !== undefined || urgency !== undefined) staleIfQueued(state, question);
  },
  'question.forwarded': (state, { at, payload: { questionId } }) => {
    const { state: was } = inLog(state.questions.get(questionId), questionId);
    const question = advanceQuestion(state, questionId, 'forward');
    // One that its hall only took back for a while has waited since the first time.
    question.forwardedAt = (was === 'asked' ? state.recalled.get(questionId) : null) ?? at;
    state.recalled.delete(questionId);
    question.returnReason = null;
    question.returnedBy = null;
    question.stateBefore = null;
    // It comes anew: what was counted for its former place says nothing now.
    question.pin = null;
  },
  'question.recalled': (state, { payload: { questionId } }) => {
    const question = advanceQuestion(state, questionId, 'recall');
    if (question.forwardedAt !== null) state.recalled.set(questionId, question.forwardedAt);
    question.forwardedAt = null;
  },
  'question.returned': (state, { payload: { questionId, by, reason } }) => {
    const question = remember(state, questionId);
    advanceQuestion(state, questionId, 'return');
    question.returnReason = reason;
    question.returnedBy = by;
  },
  'question.unreturned': (state, { payload: { questionId, to } }) => {
    const question = putBack(state, questionId, to);
    question.returnReason = null;
    question.returnedBy = null;
  },
  'question.accepted': (state, { at, payload: { questionId } }) => {
    advanceQuestion(state, questionId, 'accept').acceptedAt = at;
  },
  'question.unaccepted': (state, { payload: { questionId } }) => {
    const question = advanceQuestion(state, questionId, 'unaccept');
    question.acceptedAt = null;
    question.pin = null;
  },
  // Logs from before the rule: an order by hand, which the rule has taken over.
  'question.moved': (state, { payload: { questionId } }) => state.touch('question', questionId),
  'queue.spread': () => {},
  'question.pinned': (state, { seq, actor, payload: { questionId, due, reason } }) => {
    const question = advanceQuestion(state, questionId, 'move');
    question.pin = { due, seq, by: actor.name, reason };
    staleIfQueued(state, question);
  },
  'question.unpinned': (state, { payload: { questionId } }) => {
    const question = advanceQuestion(state, questionId, 'move');
    question.pin = null;
    staleIfQueued(state, question);
  },
  'question.withdrawn': (state, { payload: { questionId } }) => {
    const question = inLog(state.questions.get(questionId), questionId);
    const formerLead = question.mergedInto === null ? null : leadOf(state, question);
    if (formerLead) separate(state, question, formerLead);
    advanceQuestion(state, questionId, 'withdraw').pin = null;
  },
  'question.merged': (state, { payload: { questionId, intoQuestionId } }) => {
    const question = remember(state, questionId);
    advanceQuestion(state, questionId, 'merge');
    question.mergedInto = intoQuestionId;
    const parts = state.mergedInto.get(intoQuestionId);
    if (parts) parts.add(questionId);
    else state.mergedInto.set(intoQuestionId, new Set([questionId]));
    touchLead(state, question);
  },
  'question.unmerged': (state, { payload: { questionId, to } }) => {
    const question = inLog(state.questions.get(questionId), questionId);
    separate(state, question, leadOf(state, question));
    putBack(state, questionId, to);
  },
  'question.disposed': (state, { payload: { questionId, disposition } }) => {
    const question = inLog(state.questions.get(questionId), questionId);
    if (question.state !== 'disposed' && question.turnId === null) remember(state, questionId);
    advanceQuestion(state, questionId, 'dispose').disposition = disposition;
  },
  'question.undisposed': (state, { payload: { questionId, to } }) => {
    if (to === undefined) advanceQuestion(state, questionId, 'undispose');
    else putBack(state, questionId, to);
    inLog(state.questions.get(questionId), questionId).disposition = null;
  },
  'question.noted': (state, { at, actor, payload: { questionId, noteId, text } }) => {
    state.notes.set(noteId, { id: noteId, questionId, text, at, by: actor.name, removedAt: null });
    state.touch('note', noteId);
  },
  'question.unnoted': (state, { at, payload: { noteId } }) => {
    inLog(state.notes.get(noteId), noteId).removedAt = at;
    state.touch('note', noteId);
  },
  'question.briefed': (state, { at, payload: { questionId, brief } }) => {
    const question = inLog(state.questions.get(questionId), questionId);
    question.brief = brief && { ...brief, at };
    state.touch('question', questionId);
  },
  'question.supported': (state, { at, payload: { questionId, supportId, personId } }) => {
    const support = { id: supportId, questionId, personId, at, withdrawnAt: null };
    state.supports.set(supportId, support);
    const own = state.supportsByPerson.get(personId);
    if (own) own.set(questionId, support);
    else state.supportsByPerson.set(personId, new Map([[questionId, support]]));
    state.supportCounts.set(personId, (state.supportCounts.get(personId) ?? 0) + 1);
    state.touch('support', supportId);
    countSupporter(state, questionId, 1);
  },
  'question.unsupported': (state, { at, payload: { supportId } }) => {
    const support = inLog(state.supports.get(supportId), supportId);
    const { questionId, personId } = support;
    support.withdrawnAt = at;
    state.supportsByPerson.get(personId)?.delete(questionId);
    state.touch('support', supportId);
    countSupporter(state, questionId, -1);
  },
};

function addQuestion(
  state: DialogueState,
  at: number,
  asked: EntryPayloads['question.asked'],
): void {
  const { questionId, text, code, attachmentIds = [] } = asked;
  // Field by field: what is spread into others takes far longer, and more memory.
  const question: Question = {
    id: questionId,
    bridgePointId: asked.bridgePointId,
    personId: asked.personId,
    channel: asked.channel,
    field: asked.field,
    asker: asked.asker,
    nameVisibility: asked.nameVisibility,
    original: text,
    wording: text,
    urgency: asked.urgency ?? 'normal',
    state: 'asked',
    code: code ?? null,
    attachmentIds,
    askedAt: at,
    forwardedAt: null,
    acceptedAt: null,
    revision: 0,
    supporters: 0,
    mergedInto: null,
    stateBefore: null,
    pin: null,
    brief: null,
    returnReason: null,
    returnedBy: null,
    disposition: null,
    turnId: null,
  };
  state.questions.set(questionId, question);
  if (question.code !== null) state.questionsByCode.set(question.code, question);
  for (const attachmentId of attachmentIds) state.questionsByAttachment.set(attachmentId, question);
  if (asked.personId !== null) {
    const own = state.questionsByPerson.get(asked.personId);
    if (own) own.add(questionId);
    else state.questionsByPerson.set(asked.personId, new Set([questionId]));
  }
  state.touch('question', questionId);
}

/** Keeps where a question stands, so that what is done next can be taken back. */
function remember(state: DialogueState, questionId: string): Question {
  const question = inLog(state.questions.get(questionId), questionId);
  const { state: now } = question;
  if (now === 'asked' || now === 'forwarded' || now === 'accepted') question.stateBefore = now;
  return question;
}

function putBack(state: DialogueState, questionId: string, to: RestorableState): Question {
  const question = advanceQuestion(state, questionId, backEvent[to]);
  question.stateBefore = null;
  return question;
}

function separate(state: DialogueState, question: Question, lead: Question): void {
  if (question.mergedInto !== null) {
    state.mergedInto.get(question.mergedInto)?.delete(question.id);
    state.touch('question', question.mergedInto);
  }
  question.mergedInto = null;
  touchQueued(state, lead);
}

function touchLead(state: DialogueState, question: Question): void {
  if (question.mergedInto !== null) state.touch('question', question.mergedInto);
  touchQueued(state, leadOf(state, question));
}

function countSupporter(state: DialogueState, questionId: string, by: 1 | -1): void {
  const question = inLog(state.questions.get(questionId), questionId);
  question.supporters += by;
  state.touch('question', questionId);
  touchQueued(state, leadOf(state, question));
}

/** The number of those who share a question weighs in the order of the queue. */
function touchQueued(state: DialogueState, lead: Question): void {
  state.touch('question', lead.id);
  staleIfQueued(state, lead);
}

/** Something changed that weighs in the order of the queue. */
function staleIfQueued(state: DialogueState, question: Question): void {
  if (question.state === 'accepted') state.isPlanStale = true;
}
