import type { AttendanceStay } from '@nhip-cau/shared/protocol/attendance-report';
import type { LogEntry } from '../kernel/entries.ts';
import type { Attendee, DialogueState } from '../kernel/state.ts';

/** Entries that say when people came and went. */
export const stayTypes = [
  'participant.joined',
  'attendance.checkedIn',
  'attendance.checkedOut',
  'attendance.corrected',
] as const;

/**
 * When each person was there, by attendee, as it stands after all corrections. A row keeps the
 * first arrival and the last departure; the hours between are in the log.
 */
export function staysOf(
  state: DialogueState,
  entries: readonly LogEntry[],
): Map<string, AttendanceStay[]> {
  const stays = new Map<string, AttendanceStay[]>();
  for (const entry of entries) {
    if (entry.type === 'participant.joined') {
      stays.set(entry.payload.personId, [{ joinedAt: entry.at, leftAt: null }]);
    } else if (entry.type === 'attendance.checkedIn') {
      const own = stays.get(entry.payload.attendeeId) ?? [];
      if (own.at(-1)?.leftAt !== null) own.push({ joinedAt: entry.at, leftAt: null });
      stays.set(entry.payload.attendeeId, own);
    } else if (entry.type === 'attendance.checkedOut') {
      const last = stays.get(entry.payload.attendeeId)?.at(-1);
      if (last) last.leftAt = entry.at;
    } else if (entry.type === 'attendance.corrected') {
      const { attendeeId, joinedAt, leftAt } = entry.payload;
      stays.set(attendeeId, corrected(stays.get(attendeeId) ?? [], joinedAt, leftAt));
    }
  }
  const rows = [...state.attendees.values()].filter(({ removedAt }) => removedAt === null);
  return new Map(rows.map((row) => [row.id, within(row, stays.get(row.id) ?? [])]));
}

function corrected(
  stays: AttendanceStay[],
  joinedAt: number | null | undefined,
  leftAt: number | null | undefined,
): AttendanceStay[] {
  if (joinedAt === null) return [];
  let own = stays;
  if (joinedAt !== undefined) {
    const [first, ...rest] = own;
    own = [{ joinedAt, leftAt: first?.leftAt ?? null }, ...rest];
  }
  const last = own.at(-1);
  if (leftAt !== undefined && last) last.leftAt = leftAt;
  return own;
}

/** The row decides about first and last: a stay that a correction has left no room for is none. */
function within({ joinedAt, leftAt }: Attendee, stays: AttendanceStay[]): AttendanceStay[] {
  if (joinedAt === null) return [];
  const inside = stays.filter(
    (stay) => stay.leftAt === null || (stay.leftAt >= joinedAt && stay.joinedAt <= stay.leftAt),
  );
  const first = inside[0] ?? { joinedAt, leftAt };
  const rest = inside.slice(1);
  const whole = [{ ...first, joinedAt }, ...rest];
  whole[whole.length - 1] = { ...whole.at(-1)!, leftAt };
  return whole;
}

/** The most people who were there at one moment. */
export function peakOf(stays: Iterable<AttendanceStay>): number {
  const steps: [at: number, change: 1 | -1][] = [];
  for (const { joinedAt, leftAt } of stays) {
    steps.push([joinedAt, 1]);
    if (leftAt !== null) steps.push([leftAt, -1]);
  }
  // Who leaves at the very moment when another one comes was not there together with them.
  steps.sort(([a, up], [b, down]) => a - b || up - down);
  let present = 0;
  let peak = 0;
  for (const [, change] of steps) {
    present += change;
    peak = Math.max(peak, present);
  }
  return peak;
}
