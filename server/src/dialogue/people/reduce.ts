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
      const bridgePoint = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
      bridgePoint.joined += 1;
      bridgePoint.present += 1;
      state.attendees.set(personId, {
        id: personId,
        bridgePointId,
        personId,
        name,
        how: 'qr',
        joinedAt: at,
        leftAt: null,
        removedAt: null,
      });
      state.touch('person', personId);
      state.touch('attendee', personId);
      state.touch('bridgePoint', bridgePointId);
    },
  };
