import type { Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';

export const handReducers: Reducers<'hand.raised' | 'hand.lowered'> = {
  'hand.raised': (state, { seq, at, payload: { handId, ...of } }) => {
    const hand = { id: handId, ...of, raisedAt: at, position: seq, loweredAt: null };
    state.hands.set(handId, hand);
    const raised = state.raisedByHall.get(hand.bridgePointId);
    if (raised) raised.add(hand);
    else state.raisedByHall.set(hand.bridgePointId, new Set([hand]));
    if (hand.personId !== null) {
      state.raisedByPerson.set(hand.personId, hand);
      const before = state.handsByPerson.get(hand.personId) ?? 0;
      state.handsByPerson.set(hand.personId, before + 1);
    }
    state.touch('hand', handId);
  },
  'hand.lowered': (state, { at, payload: { handId } }) => {
    const hand = inLog(state.hands.get(handId), handId);
    hand.loweredAt = at;
    state.raisedByHall.get(hand.bridgePointId)?.delete(hand);
    if (hand.personId !== null) state.raisedByPerson.delete(hand.personId);
    state.touch('hand', handId);
  },
};
