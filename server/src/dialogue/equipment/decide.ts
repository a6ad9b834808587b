import { nameOf } from '../kernel/actor.ts';
import { bridgePointOf, existing, type Handlers } from '../kernel/handler.ts';

export const equipmentHandlers: Handlers<'equipment.ask'> = {
  'equipment.ask': {
    object: (state, { bridgePointId }) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
    }),
    decide: (_state, asked, { actor }) => [
      { type: 'equipment.asked', payload: { ...asked, by: nameOf(actor) } },
    ],
  },
};
