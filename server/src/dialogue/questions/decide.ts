import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { QuestionEvent, RestorableState } from '@nhip-cau/shared/model/questions';
import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import type { EntryDraft } from '../kernel/entries.ts';
import { existing, type Handlers, questionOf, requireTransition } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { requireField } from './intake.ts';
import { partsOf } from './merged.ts';
import { placesBefore } from './plan.ts';

type Names = Extract<
  CommandName,
  | 'question.edit'
  | 'question.forward'
  | 'question.recall'
  | 'question.return'
  | 'question.unreturn'
  | 'question.accept'
  | 'question.unaccept'
  | 'question.move'
  | 'question.unpin'
  | 'question.withdraw'
  | 'question.dispose'
  | 'question.undispose'
>;

export const ofQuestion = (state: DialogueState, { questionId }: { questionId: string }) => {
  const { bridgePointId, personId } = questionOf(state, questionId);
  return { dialogueId: existing(state).id, bridgePointId, personId };
};

/** The question, in a state where the table allows the event. */
export function ready(state: DialogueState, questionId: string, event: QuestionEvent): Question {
  const question = questionOf(state, questionId);
  requireTransition(questionTransitions, question.state, event);
  return question;
}

export const questionHandlers: Handlers<Names> = {
  'question.edit': {
    object: ofQuestion,
    decide(state, { questionId, ifRevision, ...change }, { role }) {
      const question = ready(state, questionId, 'edit');
      const atHall = question.state === 'asked' || question.state === 'returned';
      if (atHall !== (role === 'moderator')) {
        throw new Refusal('wrong_state', { state: question.state, event: 'edit' });
      }
      if (ifRevision !== undefined && ifRevision !== question.revision) {
        throw new Refusal('changed_meanwhile', { revision: question.revision });
      }
      requireField(state, change.field);
      const said = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      );
      return [{ type: 'question.edited', payload: { questionId, ...said } }];
    },
  },
  'question.forward': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'forward');
      return [{ type: 'question.forwarded', payload: { questionId } }];
    },
  },
  'question.recall': {
    object: ofQuestion,
    decide(state, { questionId }) {
      const question = ready(state, questionId, 'recall');
      // The city has put others' questions to it: in the hall they would be out of its sight.
      if (partsOf(state, questionId).some((part) => part.stateBefore !== 'asked')) {
        throw new Refusal('wrong_state', { state: question.state, event: 'recall' });
      }
      return [{ type: 'question.recalled', payload: { questionId } }];
    },
  },
  'question.return': {
    object: ofQuestion,
    decide(state, { questionId, reason }, { role }) {
      const question = ready(state, questionId, 'return');
      const by = role === 'moderator' ? 'bridgePoint' : 'city';
      if ((question.state === 'asked') !== (by === 'bridgePoint')) {
        throw new Refusal('wrong_state', { state: question.state, event: 'return' });
      }
      // What is said of this one does not hold for those who share it.
      return [
        ...freedParts(state, questionId),
        { type: 'question.returned', payload: { questionId, by, reason } },
      ];
    },
  },
  'question.unreturn': {
    object: ofQuestion,
    // Without its former parts: their halls and the city may have gone on with them.
    decide(state, { questionId }, { role }) {
      const question = questionOf(state, questionId);
      const { returnedBy } = question;
      if (question.state !== 'returned' || (returnedBy === 'city') !== (role === 'secretary')) {
        throw new Refusal('wrong_state', { state: question.state, event: 'unreturn' });
      }
      const to = question.stateBefore ?? (returnedBy === 'city' ? 'forwarded' : 'asked');
      return [{ type: 'question.unreturned', payload: { questionId, to } }];
    },
  },
  'question.accept': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'accept');
      return [{ type: 'question.accepted', payload: { questionId } }];
    },
  },
  'question.unaccept': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'unaccept');
      return [{ type: 'question.unaccepted', payload: { questionId } }];
    },
  },
  'question.move': {
    object: ofQuestion,
    decide(state, { questionId, beforeQuestionId, reason }) {
      ready(state, questionId, 'move');
      if (beforeQuestionId === questionId) {
        throw new Refusal('invalid', { path: 'beforeQuestionId' });
      }
      if (beforeQuestionId !== null) ready(state, beforeQuestionId, 'move');
      const due = state.departures + placesBefore(state, questionId, beforeQuestionId);
      return [{ type: 'question.pinned', payload: { questionId, due, reason: reason ?? null } }];
    },
  },
  'question.unpin': {
    object: ofQuestion,
    decide(state, { questionId }) {
      if (ready(state, questionId, 'move').pin === null) {
        throw new Refusal('wrong_state', { state: 'notPinned', event: 'unpin' });
      }
      return [{ type: 'question.unpinned', payload: { questionId } }];
    },
  },
  'question.withdraw': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'withdraw');
      // Those who share the question have not withdrawn theirs.
      return [
        ...freedParts(state, questionId),
        { type: 'question.withdrawn', payload: { questionId } },
      ];
    },
  },
  'question.dispose': {
    object: ofQuestion,
    decide(state, { questionId, disposition }) {
      ready(state, questionId, 'dispose');
      return [{ type: 'question.disposed', payload: { questionId, disposition } }];
    },
  },
  'question.undispose': {
    object: ofQuestion,
    decide(state, { questionId }) {
      const question = ready(state, questionId, 'undispose');
      if (question.disposition === null) {
        throw new Refusal('wrong_state', { state: question.state, event: 'undispose' });
      }
      const to = undisposedState(question, existing(state).state === 'ended');
      const payload = to === null ? { questionId } : { questionId, to };
      return [{ type: 'question.undisposed', payload }];
    },
  },
};

/** Every question that was merged into this one goes back to where it was. */
function freedParts(state: DialogueState, questionId: string): EntryDraft[] {
  return partsOf(state, questionId).map((part) => ({
    type: 'question.unmerged',
    payload: { questionId: part.id, to: part.stateBefore ?? 'asked' },
  }));
}

/** Where one that was never called belongs; `null` when its turn is over, or still runs. */
function undisposedState(question: Question, isEnded: boolean): RestorableState | null {
  if (question.turnId !== null || question.state !== 'disposed') return null;
  // After the end there is no queue to go back to, only a disposition that is owed.
  return isEnded ? 'forwarded' : (question.stateBefore ?? 'forwarded');
}
