import type { Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';

export const attendanceReducers: Reducers<'attendance.reported'> = {
  'attendance.reported': (state, { at, payload: { bridgePointId, headcount } }) => {
    const bridgePoint = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
    bridgePoint.headcount = headcount;
    bridgePoint.headcountAt = at;
    state.touch('bridgePoint', bridgePointId);
  },
};
