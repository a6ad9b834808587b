import type { HandFact, HallQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';

/** A question as the hall sees it, with what was done here and is not yet acknowledged. */
export interface HallQuestion extends HallQuestionFact {
  unsent: boolean;
}

export interface HallHand extends HandFact {
  unsent: boolean;
}

type Questions = Map<string, HallQuestion>;

/** The questions after the commands that still wait to be sent. */
export function questionsWith(
  facts: Iterable<HallQuestionFact>,
  waiting: readonly WaitingCommand[],
): HallQuestion[] {
  const questions: Questions = new Map();
  for (const fact of facts) questions.set(fact.id, { ...fact, unsent: false });
  for (const command of waiting) apply(questions, command);
  return [...questions.values()];
}

function apply(questions: Questions, command: WaitingCommand): void {
  const { name, payload, queuedAt } = command;
  const change = (id: string, changes: Partial<HallQuestionFact>) => {
    const question = questions.get(id);
    if (question) questions.set(id, { ...question, ...changes, unsent: true });
  };
  switch (name) {
    case 'question.ask':
      return void questions.set(payload.questionId, {
        ...asked(payload, queuedAt),
        // Its own answer may be on the way here while the fact already is.
        ...questions.get(payload.questionId),
        unsent: true,
      });
    case 'question.edit': {
      const { questionId, wording, field, urgency } = payload;
      const revision = (questions.get(questionId)?.revision ?? 0) + 1;
      return change(questionId, {
        revision,
        ...(wording === undefined ? {} : { wording }),
        ...(field === undefined ? {} : { field }),
        ...(urgency === undefined ? {} : { urgency }),
      });
    }
    case 'question.forward':
      return change(payload.questionId, {
        ...notReturned,
        state: 'forwarded',
        forwardedAt: queuedAt,
      });
    case 'question.recall':
      return change(payload.questionId, { state: 'asked', forwardedAt: null });
    case 'question.return': {
      const { questionId, reason: returnReason } = payload;
      return change(questionId, { state: 'returned', returnReason, returnedBy: 'bridgePoint' });
    }
    case 'question.unreturn':
      return change(payload.questionId, { ...notReturned, state: 'asked' });
    case 'question.merge':
      return merge(questions, payload.questionId, payload.intoQuestionId);
    case 'question.unmerge':
      return separate(questions, payload.questionId);
    case 'question.bulk': {
      const { name: part, ...rest } = payload.action;
      for (const questionId of payload.questionIds) {
        apply(questions, {
          ...command,
          name: `question.${part}`,
          payload: { questionId, ...rest },
        } as WaitingCommand);
      }
    }
  }
}

const notReturned = { returnReason: null, returnedBy: null };

function asked(
  payload: Extract<WaitingCommand, { name: 'question.ask' }>['payload'],
  queuedAt: number,
): HallQuestionFact {
  const { questionId, text, field, onBehalfOf, handId, channel = 'onBehalf' } = payload;
  return {
    id: questionId,
    channel: handId ? 'hand' : channel,
    original: text,
    wording: text,
    field,
    urgency: payload.urgency ?? 'normal',
    state: 'asked',
    asker: onBehalfOf?.name ?? null,
    code: null,
    askedAt: queuedAt,
    forwardedAt: null,
    revision: 0,
    supporters: 0,
    mergedIds: [],
    lead: null,
    attachmentIds: payload.attachmentIds ?? [],
    place: null,
    ...notReturned,
    disposition: null,
    turnId: null,
  };
}

function merge(questions: Questions, id: string, intoId: string): void {
  const question = questions.get(id);
  const into = questions.get(intoId);
  if (!question || !into) return;
  const { wording, state, place, disposition } = into;
  const lead = { id: intoId, bridgePointName: '', wording, state, place, disposition };
  questions.set(id, { ...question, state: 'merged', lead, unsent: true });
  const mergedIds = [...new Set([...into.mergedIds, id])];
  const supporters = into.supporters + 1 + question.supporters;
  questions.set(intoId, { ...into, mergedIds, supporters });
}

function separate(questions: Questions, id: string): void {
  const question = questions.get(id);
  if (!question) return;
  questions.set(id, { ...question, state: 'asked', lead: null, unsent: true });
  for (const lead of questions.values()) {
    if (!lead.mergedIds.includes(id)) continue;
    questions.set(lead.id, {
      ...lead,
      mergedIds: lead.mergedIds.filter((one) => one !== id),
      supporters: lead.supporters - 1 - question.supporters,
    });
  }
}

/** The hands in true order, after the commands that still wait to be sent. */
export function handsWith(
  facts: Iterable<HandFact>,
  waiting: readonly WaitingCommand[],
): HallHand[] {
  const hands = new Map<string, HallHand>();
  for (const fact of facts) hands.set(fact.id, { ...fact, unsent: false });
  for (const { name, payload, queuedAt } of waiting) {
    if (name === 'hand.raise' && !hands.has(payload.handId)) {
      hands.set(payload.handId, {
        id: payload.handId,
        name: payload.seatedName ?? null,
        raisedAt: queuedAt,
        position: Number.MAX_SAFE_INTEGER,
        place: 0,
        unsent: true,
      });
    }
    if (name === 'hand.lower') hands.delete(payload.handId);
    if (name === 'question.ask' && payload.handId) hands.delete(payload.handId);
  }
  return [...hands.values()]
    .sort((a, b) => a.position - b.position || a.raisedAt - b.raisedAt)
    .map((hand, index) => ({ ...hand, place: index + 1 }));
}
