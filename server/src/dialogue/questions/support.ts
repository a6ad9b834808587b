import { isSupportable } from '@nhip-cau/shared/model/questions';
import { existing, type Handlers, questionOf } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';

/** Supports of one phone in one dialogue, withdrawn ones included: each stays in the log. */
export const maxSupportsPerPerson = 500;

/** "I have this question too": by the people of the hall it was asked in, once each. */
export const supportHandlers: Handlers<'question.support' | 'question.unsupport'> = {
  'question.support': {
    object(state, { questionId }, actor) {
      const { bridgePointId } = questionOf(state, questionId);
      const isInHall = actor.kind === 'person' && actor.bridgePointId === bridgePointId;
      return {
        dialogueId: existing(state).id,
        bridgePointId,
        personId: isInHall ? actor.personId : null,
      };
    },
    decide(state, { questionId, supportId }, { actor }) {
      if (actor.kind !== 'person') throw new Refusal('not_allowed');
      const { personId } = actor;
      const question = questionOf(state, questionId);
      if (!isSupportable(question)) {
        throw new Refusal('wrong_state', { state: question.state, event: 'support' });
      }
      if (question.personId === personId) {
        throw new Refusal('wrong_state', { state: 'own', event: 'support' });
      }
      const isTwice = state.supportsByPerson.get(personId)?.has(questionId) ?? false;
      if (isTwice || state.supports.has(supportId)) {
        throw new Refusal('already_exists', { kind: 'support' });
      }
      if ((state.supportCounts.get(personId) ?? 0) >= maxSupportsPerPerson) {
        throw new Refusal('limit_reached', { limit: maxSupportsPerPerson });
      }
      return [{ type: 'question.supported', payload: { questionId, supportId, personId } }];
    },
  },
  'question.unsupport': {
    object: (state, { supportId }) => ({
      dialogueId: existing(state).id,
      personId: state.supports.get(supportId)?.personId ?? null,
    }),
    decide(state, { supportId }) {
      if (state.supports.get(supportId)?.withdrawnAt !== null) {
        throw new Refusal('not_found', { kind: 'support', id: supportId });
      }
      return [{ type: 'question.unsupported', payload: { supportId } }];
    },
  },
};
