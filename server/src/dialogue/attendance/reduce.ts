import type { EntryPayloads, Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';
import type { Attendee, DialogueState } from '../kernel/state.ts';

type Names = Extract<keyof EntryPayloads, `attendance.${string}`>;

export const attendanceReducers: Reducers<Names> = {
  'attendance.reported': (state, { at, payload: { bridgePointId, headcount } }) => {
    const bridgePoint = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
    bridgePoint.headcount = headcount;
    bridgePoint.headcountAt = at;
    state.touch('bridgePoint', bridgePointId);
  },
  'attendance.listed': (state, { payload: { bridgePointId, attendees } }) => {
    for (const { attendeeId, name } of attendees) {
      put(state, { ...absent, id: attendeeId, bridgePointId, name, how: 'list' });
    }
  },
  'attendance.checkedIn': (state, { at, payload: { attendeeId, bridgePointId, name } }) => {
    const known = state.attendees.get(attendeeId);
    const attendee = known ?? { ...absent, id: attendeeId, bridgePointId, name, how: 'manual' };
    // Who comes back goes on from the first time; the log has the hours between.
    put(state, { ...attendee, name, joinedAt: attendee.joinedAt ?? at, leftAt: null });
  },
  'attendance.checkedOut': (state, { at, payload: { attendeeId } }) => {
    put(state, { ...inLog(state.attendees.get(attendeeId), attendeeId), leftAt: at });
  },
  'attendance.corrected': (state, { payload: { attendeeId, reason: _, ...change } }) => {
    put(state, { ...inLog(state.attendees.get(attendeeId), attendeeId), ...change });
  },
  'attendance.removed': (state, { at, payload: { attendeeId } }) => {
    put(state, { ...inLog(state.attendees.get(attendeeId), attendeeId), removedAt: at });
  },
};

const absent = { personId: null, joinedAt: null, leftAt: null, removedAt: null } as const;

/** Keeps an attendee, and how many are there. */
function put(state: DialogueState, attendee: Attendee): void {
  const { id, bridgePointId } = attendee;
  const before = state.attendees.get(id);
  state.attendees.set(id, attendee);
  state.touch('attendee', id);
  const change = Number(isPresent(attendee)) - Number(before !== undefined && isPresent(before));
  if (change === 0) return;
  inLog(state.bridgePoints.get(bridgePointId), bridgePointId).present += change;
  state.touch('bridgePoint', bridgePointId);
}

function isPresent({ joinedAt, leftAt, removedAt }: Attendee): boolean {
  return joinedAt !== null && leftAt === null && removedAt === null;
}
