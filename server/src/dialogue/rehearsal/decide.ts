import { nameOf } from '../kernel/actor.ts';
import { bridgePointOf, existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';

const ofHall = (state: DialogueState, { bridgePointId }: { bridgePointId: string }) => ({
  dialogueId: existing(state).id,
  bridgePointId: bridgePointOf(state, bridgePointId).id,
});

export const rehearsalHandlers: Handlers<'rehearsal.report' | 'rollCall.mark'> = {
  'rehearsal.report': {
    object: ofHall,
    decide: (_state, { bridgePointId, checks }) => [
      { type: 'rehearsal.reported', payload: { bridgePointId, checks } },
    ],
  },
  'rollCall.mark': {
    object: ofHall,
    decide(state, { bridgePointId, result, note = null }, { actor }) {
      const before = state.readiness.get(bridgePointId)?.rollCall ?? null;
      if (result === null && before === null) {
        throw new Refusal('wrong_state', { state: 'unmarked', event: 'unmark' });
      }
      const mark = result === null ? null : { result, note, by: nameOf(actor) };
      return [{ type: 'rollCall.marked', payload: { bridgePointId, mark } }];
    },
  },
};
