import type {
  AttendanceChange,
  AttendanceCorrection,
} from '@nhip-cau/shared/protocol/attendance-report';
import type { LogEntry } from '../kernel/entries.ts';

/** Entries that enter or change attendance. */
export const trailTypes = [
  'participant.joined',
  'attendance.reported',
  'attendance.listed',
  'attendance.checkedIn',
  'attendance.checkedOut',
  'attendance.corrected',
  'attendance.removed',
] as const;

interface Known {
  bridgePointId: string;
  name: string | null;
  joinedAt: number | null;
  leftAt: number | null;
}

/**
 * The trail: every later count of a hall, every correction and removal of a name, with what stood
 * before. `entries` are all those of `trailTypes`, in order.
 */
export function correctionsIn(entries: readonly LogEntry[]): AttendanceCorrection[] {
  const headcounts = new Map<string, number>();
  const people = new Map<string, Known>();
  const corrections: AttendanceCorrection[] = [];

  const note = (
    { seq, at, actor: { role, name } }: LogEntry,
    bridgePointId: string,
    attendee: AttendanceCorrection['attendee'],
    changes: AttendanceChange[],
    reason: string | null,
  ) => {
    const by = { role, name };
    corrections.push({ seq, at, by, bridgePointId, attendee, changes, reason });
  };

  for (const entry of entries) {
    if (entry.type === 'participant.joined') {
      const { personId, bridgePointId, name } = entry.payload;
      people.set(personId, { bridgePointId, name, joinedAt: entry.at, leftAt: null });
    } else if (entry.type === 'attendance.reported') {
      const { bridgePointId, headcount: to, reason = null } = entry.payload;
      const from = headcounts.get(bridgePointId);
      headcounts.set(bridgePointId, to);
      if (from !== undefined || reason !== null) {
        note(entry, bridgePointId, null, [{ of: 'headcount', from: from ?? null, to }], reason);
      }
    } else if (entry.type === 'attendance.listed') {
      const { bridgePointId, attendees } = entry.payload;
      for (const { attendeeId, name } of attendees) {
        people.set(attendeeId, { bridgePointId, name, joinedAt: null, leftAt: null });
      }
    } else if (entry.type === 'attendance.checkedIn') {
      const { attendeeId, bridgePointId, name } = entry.payload;
      const joinedAt = people.get(attendeeId)?.joinedAt ?? entry.at;
      people.set(attendeeId, { bridgePointId, name, joinedAt, leftAt: null });
    } else if (entry.type === 'attendance.checkedOut') {
      const known = people.get(entry.payload.attendeeId);
      if (known) known.leftAt = entry.at;
    } else if (entry.type === 'attendance.corrected') {
      const { attendeeId, reason, ...change } = entry.payload;
      const before = people.get(attendeeId);
      if (!before) continue;
      people.set(attendeeId, { ...before, ...change });
      const changes = (Object.keys(change) as (keyof typeof change)[]).map(
        (of) => ({ of, from: before[of], to: change[of] ?? null }) as AttendanceChange,
      );
      const attendee = { id: attendeeId, name: before.name };
      note(entry, before.bridgePointId, attendee, changes, reason);
    } else if (entry.type === 'attendance.removed') {
      const { attendeeId, reason } = entry.payload;
      const before = people.get(attendeeId);
      if (!before) continue;
      const attendee = { id: attendeeId, name: before.name };
      note(entry, before.bridgePointId, attendee, [{ of: 'removed' }], reason);
    }
  }
  return corrections;
}
