import { allows } from '@nhip-cau/shared/model/transitions';
import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { QuestionEvent, QuestionState } from '@nhip-cau/shared/model/questions';
import type { DialogueEvent, DialogueState } from '@nhip-cau/shared/model/session';

export interface Allowed {
  accept: boolean;
  return: boolean;
  edit: boolean;
  move: boolean;
  prepare: boolean;
  release: boolean;
  call: boolean;
  dispose: boolean;
  undispose: boolean;
}

/** Only in these is the question in the secretariat's hands to word or to return. */
const atCity: ReadonlySet<QuestionState> = new Set(['forwarded', 'accepted']);

/** What the secretariat may do with a question now. */
export function allowedFor(
  question: { state: QuestionState; disposition: object | null },
  dialogue: DialogueState,
): Allowed {
  const may = (event: QuestionEvent) => allows(questionTransitions, question.state, event);
  const running = dialogue !== 'ended';
  const opened = running && dialogue !== 'draft';
  return {
    accept: running && may('accept'),
    return: running && atCity.has(question.state),
    edit: running && atCity.has(question.state),
    move: running && may('move'),
    prepare: opened && may('prepare'),
    release: running && may('release'),
    call: dialogue === 'live' && may('call'),
    dispose: may('dispose'),
    undispose: question.disposition !== null && may('undispose'),
  };
}

/** The steps of the dialogue itself that can be taken from a state, the usual one first. */
export const sessionSteps: Record<DialogueState, readonly DialogueEvent[]> = {
  draft: ['open'],
  open: ['start'],
  live: ['pause', 'end'],
  paused: ['resume', 'end'],
  ended: [],
};
