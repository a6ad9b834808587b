import { z } from 'zod';
import { id, instant, line } from './scalars.ts';

/** Names that one command may add to a hall's list. */
export const maxListed = 500;

const hall = { bridgePointId: id };
const one = { attendeeId: id };
const why = line(300);

export const attendanceCommands = {
  /** People present in the hall, as counted. After the dialogue's end only as a correction. */
  'attendance.report': z.strictObject({
    ...hall,
    headcount: z.int().min(0).max(100_000),
    /** Why an earlier count was wrong. */
    reason: why.optional(),
  }),
  /** People who are expected: they are not there until they are checked in. */
  'attendance.list': z.strictObject({
    ...hall,
    attendees: z
      .array(z.strictObject({ ...one, name: line(120) }))
      .min(1)
      .max(maxListed),
  }),
  /** Somebody came: one of the list, one who left before, or, with a new id, anybody. */
  'attendance.checkIn': z.strictObject({ ...hall, ...one, name: line(120).nullable().optional() }),
  'attendance.checkOut': z.strictObject(one),
  /** Sets right what was entered wrongly; what stood before stays in the log with the reason. */
  'attendance.correct': z.strictObject({
    ...one,
    name: line(120).nullable().optional(),
    joinedAt: instant.nullable().optional(),
    leftAt: instant.nullable().optional(),
    reason: why,
  }),
  /** Takes an entry off the list that should never have been there. */
  'attendance.remove': z.strictObject({ ...one, reason: why.optional() }),
};
