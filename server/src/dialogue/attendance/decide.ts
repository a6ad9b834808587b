import { bridgePointOf, existing, type Handlers } from '../kernel/handler.ts';

export const attendanceHandlers: Handlers<'attendance.report'> = {
  'attendance.report': {
    object: (state, { bridgePointId }) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
    }),
    decide: (_state, payload) => [{ type: 'attendance.reported', payload }],
  },
};
