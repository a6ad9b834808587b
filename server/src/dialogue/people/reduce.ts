import type { Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';

export const peopleReducers: Reducers<'member.assigned' | 'member.removed' | 'participant.joined'> =
  {
    'member.assigned': (state, { payload: { memberId, accountId, role } }) => {
      state.members.set(memberId, { id: memberId, accountId, role });
      state.touch('member', memberId);
    },
    'member.removed': (state, { payload: { memberId } }) => {
      state.members.delete(memberId);
      state.touch('member', memberId);
    },
    'participant.joined': (state, { at, payload: { personId, bridgePointId, name } }) => {
      state.persons.set(personId, { id: personId, bridgePointId, name, joinedAt: at });
      inLog(state.bridgePoints.get(bridgePointId), bridgePointId).joined += 1;
      state.touch('person', personId);
      state.touch('bridgePoint', bridgePointId);
    },
  };
