import { allows } from '@nhip-cau/shared/model/transitions';
import { leadStates, questionTransitions } from '@nhip-cau/shared/model/questions';
import type { QuestionEvent, QuestionState } from '@nhip-cau/shared/model/questions';
import type { DialogueEvent, DialogueState } from '@nhip-cau/shared/model/session';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

export interface Allowed {
  accept: boolean;
  unaccept: boolean;
  return: boolean;
  unreturn: boolean;
  edit: boolean;
  move: boolean;
  unpin: boolean;
  merge: boolean;
  unmerge: boolean;
  prepare: boolean;
  release: boolean;
  call: boolean;
  dispose: boolean;
  undispose: boolean;
  note: boolean;
}

/** Only in these is the question in the secretariat's hands to word, to return or to merge. */
const atCity: ReadonlySet<QuestionState> = new Set(['forwarded', 'accepted']);

/** What the secretariat may do with a question now. */
export function allowedFor(
  question: Pick<DeskQuestionFact, 'state' | 'returnedBy' | 'forwardedAt'> & {
    disposition: object | null;
    pin: object | null;
  },
  dialogue: DialogueState,
): Allowed {
  const { state, disposition, pin, returnedBy, forwardedAt } = question;
  const may = (event: QuestionEvent) => allows(questionTransitions, state, event);
  const running = dialogue !== 'ended';
  const opened = running && dialogue !== 'draft';
  return {
    accept: running && may('accept'),
    unaccept: running && may('unaccept'),
    return: running && atCity.has(state),
    unreturn: running && state === 'returned' && returnedBy === 'city',
    edit: running && atCity.has(state),
    move: running && may('move'),
    unpin: running && may('move') && pin !== null,
    merge: running && atCity.has(state),
    // One that its own hall merged is the hall's to take out.
    unmerge: running && state === 'merged' && forwardedAt !== null,
    prepare: opened && may('prepare'),
    release: running && may('release'),
    call: dialogue === 'live' && may('call'),
    dispose: may('dispose'),
    undispose: disposition !== null && may('undispose'),
    note: running,
  };
}

/** Whether the city may make another question a part of this one. */
export function canLead({ state, forwardedAt }: DeskQuestionFact): boolean {
  return leadStates.includes(state) && state !== 'asked' && forwardedAt !== null;
}

/** The steps of the dialogue itself that can be taken from a state, the usual one first. */
export const sessionSteps: Record<DialogueState, readonly DialogueEvent[]> = {
  draft: ['open'],
  open: ['start'],
  live: ['pause', 'end'],
  paused: ['resume', 'end'],
  ended: [],
};
