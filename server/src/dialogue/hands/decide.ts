import { bridgePointOf, existing, type Handlers, handOf } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';

/** How often one phone may raise its hand in one dialogue: each time stays in the log. */
export const maxHandsPerPerson = 200;

export const handHandlers: Handlers<'hand.raise' | 'hand.lower'> = {
  'hand.raise': {
    object: (state, { bridgePointId }, actor) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
      personId:
        actor.kind === 'person' && actor.bridgePointId === bridgePointId ? actor.personId : null,
    }),
    decide(state, { handId, bridgePointId, seatedName }, { actor }) {
      if (state.hands.has(handId)) throw new Refusal('already_exists', { kind: 'hand' });
      const person = actor.kind === 'person' ? state.persons.get(actor.personId) : undefined;
      if (person && state.raisedByPerson.has(person.id)) {
        throw new Refusal('already_exists', { kind: 'hand' });
      }
      if (person && (state.handsByPerson.get(person.id) ?? 0) >= maxHandsPerPerson) {
        throw new Refusal('limit_reached', { limit: maxHandsPerPerson });
      }
      const name = person ? person.name : (seatedName ?? null);
      const personId = person?.id ?? null;
      return [{ type: 'hand.raised', payload: { handId, bridgePointId, personId, name } }];
    },
  },
  'hand.lower': {
    object: (state, { handId }) => {
      const { bridgePointId, personId } = handOf(state, handId);
      return { dialogueId: existing(state).id, bridgePointId, personId };
    },
    decide(state, { handId }) {
      if (handOf(state, handId).loweredAt !== null) {
        throw new Refusal('wrong_state', { state: 'lowered', event: 'lower' });
      }
      return [{ type: 'hand.lowered', payload: { handId } }];
    },
  },
};
