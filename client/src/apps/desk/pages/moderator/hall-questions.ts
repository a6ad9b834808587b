import { allows } from '@nhip-cau/shared/model/transitions';
import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { QuestionState } from '@nhip-cau/shared/model/questions';
import type { HandFact, HallQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';

/** A question as the hall sees it, with what was done here and is not yet acknowledged. */
export interface HallQuestion extends HallQuestionFact {
  unsent: boolean;
}

export interface HallHand extends HandFact {
  unsent: boolean;
}

/** The questions after the commands that still wait to be sent. */
export function questionsWith(
  facts: Iterable<HallQuestionFact>,
  waiting: readonly WaitingCommand[],
): HallQuestion[] {
  const questions = new Map<string, HallQuestion>();
  for (const fact of facts) questions.set(fact.id, { ...fact, unsent: false });
  for (const command of waiting) {
    const changed = after(questions, command);
    if (changed) questions.set(changed.id, { ...changed, unsent: true });
  }
  return [...questions.values()];
}

function after(
  questions: ReadonlyMap<string, HallQuestion>,
  { name, payload, queuedAt }: WaitingCommand,
): HallQuestionFact | undefined {
  if (name === 'question.ask') {
    const { questionId, text, field, onBehalfOf, handId, channel = 'onBehalf' } = payload;
    return {
      id: questionId,
      channel: handId ? 'hand' : channel,
      original: text,
      wording: text,
      field,
      state: 'asked',
      asker: onBehalfOf?.name ?? null,
      urgency: payload.urgency ?? 'normal',
      code: null,
      forwardedAt: null,
      revision: 0,
      supporters: 0,
      mergedIds: [],
      lead: null,
      attachmentIds: payload.attachmentIds ?? [],
      askedAt: queuedAt,
      place: null,
      returnReason: null,
      returnedBy: null,
      disposition: null,
      turnId: null,
      // Its own answer may be on the way here while the fact already is.
      ...questions.get(questionId),
    };
  }
  if (name !== 'question.edit' && name !== 'question.forward' && name !== 'question.return') {
    return undefined;
  }
  const question = questions.get(payload.questionId);
  if (!question) return undefined;
  if (name === 'question.forward') return { ...question, state: 'forwarded' };
  if (name === 'question.return') {
    const { reason: returnReason } = payload;
    return { ...question, state: 'returned', returnReason, returnedBy: 'bridgePoint' };
  }
  const { wording = question.wording, field = question.field } = payload;
  return { ...question, wording, field };
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
        place: hands.size + 1,
        unsent: true,
      });
    }
    if (name === 'hand.lower') hands.delete(payload.handId);
    if (name === 'question.ask' && payload.handId) hands.delete(payload.handId);
  }
  return [...hands.values()].sort((a, b) => a.position - b.position || a.raisedAt - b.raisedAt);
}

export type SectionName = 'open' | 'city' | 'closed';

const sectionOfState: Record<QuestionState, SectionName> = {
  asked: 'open',
  returned: 'open',
  onAir: 'city',
  onDeck: 'city',
  accepted: 'city',
  forwarded: 'city',
  heard: 'closed',
  disposed: 'closed',
  withdrawn: 'closed',
  merged: 'closed',
};

const stageOrder: readonly QuestionState[] = ['onAir', 'onDeck', 'accepted', 'forwarded'];

function sectionOf({ state, returnedBy }: HallQuestion): SectionName {
  return state === 'returned' && returnedBy === 'bridgePoint' ? 'closed' : sectionOfState[state];
}

/**
 * The questions by what they need: `open` a person here (what the city returned first, then in the
 * order of asking), `city` nothing (nearest to the stage first), `closed` over (newest first).
 */
export function sections(questions: readonly HallQuestion[]): Record<SectionName, HallQuestion[]> {
  const of = (name: SectionName) => questions.filter((question) => sectionOf(question) === name);
  const returned = ({ state }: HallQuestion) => Number(state === 'returned');
  const stage = ({ state }: HallQuestion) => stageOrder.indexOf(state);
  const place = (question: HallQuestion) => question.place ?? Number.MAX_SAFE_INTEGER;
  return {
    open: of('open').sort((a, b) => returned(b) - returned(a) || a.askedAt - b.askedAt),
    city: of('city').sort(
      (a, b) => stage(a) - stage(b) || place(a) - place(b) || a.askedAt - b.askedAt,
    ),
    closed: of('closed').sort((a, b) => b.askedAt - a.askedAt),
  };
}

/** This hall's best place in the city's queue, from 1, or `null`. */
export function bestPlace(questions: readonly HallQuestion[]): number | null {
  const places = questions.flatMap(({ place }) => (place === null ? [] : [place]));
  return places.length === 0 ? null : Math.min(...places);
}

/** What may be done here to a question in its state; nothing once the dialogue has ended. */
export function doable({ state }: HallQuestion, ended: boolean) {
  if (ended) return { edit: false, forward: false, return: false };
  return {
    edit: allows(questionTransitions, state, 'edit'),
    forward: allows(questionTransitions, state, 'forward'),
    return: allows(questionTransitions, state, 'return'),
  };
}
