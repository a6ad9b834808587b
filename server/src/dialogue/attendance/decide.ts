import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import { bridgePointOf, existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Attendee, DialogueState } from '../kernel/state.ts';

/** Names of one hall, those taken off its list included: each stays in the log. */
export const maxAttendees = 5_000;

const ofHall = (state: DialogueState, { bridgePointId }: { bridgePointId: string }) => ({
  dialogueId: existing(state).id,
  bridgePointId: bridgePointOf(state, bridgePointId).id,
});

const ofAttendee = (state: DialogueState, { attendeeId }: { attendeeId: string }) => ({
  dialogueId: existing(state).id,
  bridgePointId: attendeeOf(state, attendeeId).bridgePointId,
});

export const attendanceHandlers: Handlers<Extract<CommandName, `attendance.${string}`>> = {
  'attendance.report': {
    object: ofHall,
    decide(state, { bridgePointId, headcount, reason }) {
      // What is changed after the end is a correction, and a correction says why.
      if (existing(state).state === 'ended' && reason === undefined) {
        throw new Refusal('invalid', { path: 'reason' });
      }
      const why = reason === undefined ? {} : { reason };
      return [{ type: 'attendance.reported', payload: { bridgePointId, headcount, ...why } }];
    },
  },
  'attendance.list': {
    object: ofHall,
    decide(state, { bridgePointId, attendees }) {
      const ids = new Set(attendees.map(({ attendeeId }) => attendeeId));
      const isTaken = [...ids].some((id) => state.attendees.has(id));
      if (ids.size < attendees.length || isTaken) {
        throw new Refusal('already_exists', { kind: 'attendee' });
      }
      requireRoom(state, bridgePointId, attendees.length);
      return [{ type: 'attendance.listed', payload: { bridgePointId, attendees } }];
    },
  },
  'attendance.checkIn': {
    object: ofHall,
    decide(state, { bridgePointId, attendeeId, name }) {
      const known = state.attendees.get(attendeeId);
      if (known) {
        requireOwn(known, bridgePointId);
        if (known.joinedAt !== null && known.leftAt === null) {
          throw new Refusal('wrong_state', { state: 'present', event: 'checkIn' });
        }
      } else {
        requireRoom(state, bridgePointId, 1);
      }
      const payload = { attendeeId, bridgePointId, name: name ?? known?.name ?? null };
      return [{ type: 'attendance.checkedIn', payload }];
    },
  },
  'attendance.checkOut': {
    object: ofAttendee,
    decide(state, { attendeeId }) {
      const { joinedAt, leftAt } = attendeeOf(state, attendeeId);
      if (joinedAt === null || leftAt !== null) {
        throw new Refusal('wrong_state', { state: 'absent', event: 'checkOut' });
      }
      return [{ type: 'attendance.checkedOut', payload: { attendeeId } }];
    },
  },
  'attendance.correct': {
    object: ofAttendee,
    decide(state, { attendeeId, reason, ...change }) {
      const attendee = attendeeOf(state, attendeeId);
      const said = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      );
      if (Object.keys(said).length === 0) throw new Refusal('invalid', { path: 'attendee' });
      const { joinedAt, leftAt } = { ...attendee, ...said };
      if (leftAt !== null && (joinedAt === null || leftAt < joinedAt)) {
        throw new Refusal('invalid', { path: 'leftAt' });
      }
      return [{ type: 'attendance.corrected', payload: { attendeeId, ...said, reason } }];
    },
  },
  'attendance.remove': {
    object: ofAttendee,
    decide: (_state, { attendeeId, reason }) => [
      { type: 'attendance.removed', payload: { attendeeId, reason: reason ?? null } },
    ],
  },
};

function attendeeOf(state: DialogueState, id: string): Attendee {
  const attendee = state.attendees.get(id);
  if (attendee === undefined || attendee.removedAt !== null) {
    throw new Refusal('not_found', { kind: 'attendee', id });
  }
  return attendee;
}

function requireOwn(attendee: Attendee, bridgePointId: string): void {
  if (attendee.bridgePointId !== bridgePointId || attendee.removedAt !== null) {
    throw new Refusal('not_found', { kind: 'attendee', id: attendee.id });
  }
}

function requireRoom(state: DialogueState, bridgePointId: string, more: number): void {
  let count = more;
  for (const attendee of state.attendees.values()) {
    // Phones are limited where they join.
    if (attendee.bridgePointId === bridgePointId && attendee.personId === null) count += 1;
  }
  if (count > maxAttendees) throw new Refusal('limit_reached', { limit: maxAttendees });
}
