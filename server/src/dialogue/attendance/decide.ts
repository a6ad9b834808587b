import { bridgePointOf, existing, type Handlers, requireDialogueIn } from '../kernel/handler.ts';

export const attendanceHandlers: Handlers<'attendance.report'> = {
  'attendance.report': {
    object: (state, { bridgePointId }) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
    }),
    decide(state, payload) {
      requireDialogueIn(state, 'open', 'live', 'paused');
      return [{ type: 'attendance.reported', payload }];
    },
  },
};
