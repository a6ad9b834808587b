import {
  leadStates,
  questionTransitions,
  type QuestionState,
} from '@nhip-cau/shared/model/questions';
import { allows } from '@nhip-cau/shared/model/transitions';
import { finder } from '../../parts/search.ts';
import type { HallQuestion } from './hall-questions.ts';

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
 * The questions by what they need: `open` a person here (what the city returned first, then those
 * that are urgent, then in the order of asking), `city` nothing (nearest to the stage first),
 * `closed` over (newest first).
 */
export function sections(questions: readonly HallQuestion[]): Record<SectionName, HallQuestion[]> {
  const of = (name: SectionName) => questions.filter((question) => sectionOf(question) === name);
  const pressing = ({ state, urgency }: HallQuestion) =>
    2 * Number(state === 'returned') + Number(urgency === 'urgent');
  const stage = ({ state }: HallQuestion) => stageOrder.indexOf(state);
  const place = (question: HallQuestion) => question.place ?? Number.MAX_SAFE_INTEGER;
  return {
    open: of('open').sort((a, b) => pressing(b) - pressing(a) || a.askedAt - b.askedAt),
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

/** Those that have every sought word in their texts, field or name, diacritics or not. */
export function findQuestions(questions: readonly HallQuestion[], sought: string): HallQuestion[] {
  const matches = finder(sought);
  return questions.filter(({ wording, original, field, asker }) =>
    matches([wording, original, field ?? '', asker ?? ''].join(' ')),
  );
}

/** Whether it has waited here for so long that nobody may have seen it. */
export function isStale(
  { state, askedAt }: Pick<HallQuestion, 'state' | 'askedAt'>,
  now: number,
  staleMinutes: number,
): boolean {
  return state === 'asked' && now - askedAt >= staleMinutes * 60_000;
}

export interface Doable {
  edit: boolean;
  forward: boolean;
  return: boolean;
  recall: boolean;
  merge: boolean;
  unmerge: boolean;
  unreturn: boolean;
}

const nothing: Doable = {
  edit: false,
  forward: false,
  return: false,
  recall: false,
  merge: false,
  unmerge: false,
  unreturn: false,
};

/** What may be done here to a question in its state; nothing once the dialogue has ended. */
export function doable(question: HallQuestion, ended: boolean): Doable {
  if (ended) return nothing;
  const { state, returnedBy, forwardedAt } = question;
  const atHall = state === 'asked' || state === 'returned';
  return {
    // What has gone on is the city's to word.
    edit: atHall && allows(questionTransitions, state, 'edit'),
    forward: allows(questionTransitions, state, 'forward'),
    return: state === 'asked',
    recall: allows(questionTransitions, state, 'recall'),
    merge: state === 'asked',
    // Those that the city has merged had been forwarded.
    unmerge: state === 'merged' && forwardedAt === null,
    unreturn: state === 'returned' && returnedBy === 'bridgePoint',
  };
}

/** The hall's questions that this one can become a part of. */
export function leadsFor(question: HallQuestion, all: readonly HallQuestion[]): HallQuestion[] {
  return all.filter(({ id, state }) => id !== question.id && leadStates.includes(state));
}
