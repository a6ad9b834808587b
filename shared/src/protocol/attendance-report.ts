/** The answer of the attendance report. Times are epoch milliseconds. */
import type { DialogueState } from '../model/session.ts';
import type { AttendeeSource } from './facts.ts';

export interface AttendanceFigures {
  expected: number;
  /** People on the lists, whether they came or not. */
  listed: number;
  /** People checked in by name or by phone at any time. */
  came: number;
  /** Checked in and not gone. */
  present: number;
  /** Phones that joined. */
  joined: number;
  /** Most people who were checked in at the same moment. */
  peak: number;
  /** First arrival. */
  firstAt: number | null;
  /** Last departure; `null` while anybody is there. */
  lastAt: number | null;
}

export interface AttendanceHall extends AttendanceFigures {
  id: string;
  code: string;
  name: string;
  district: string;
  isCentral: boolean;
  /** As counted by its moderator; `null` until then. */
  headcount: number | null;
  headcountAt: number | null;
}

export interface AttendancePerson {
  id: string;
  bridgePointId: string;
  name: string | null;
  how: AttendeeSource;
  /** In order of time; the last one has no `leftAt` while the person is there. */
  stays: AttendanceStay[];
}

export interface AttendanceStay {
  joinedAt: number;
  leftAt: number | null;
}

export type AttendanceChange =
  | { of: 'headcount'; from: number | null; to: number }
  | { of: 'name'; from: string | null; to: string | null }
  | { of: 'joinedAt' | 'leftAt'; from: number | null; to: number | null }
  | { of: 'removed' };

/** What was set right later: what stood before, what stands now, who did it and why. */
export interface AttendanceCorrection {
  seq: number;
  at: number;
  by: { role: string; name: string | null };
  bridgePointId: string;
  /** Whose entry it was; `null` for a headcount, and for readers without names. */
  attendee: { id: string; name: string | null } | null;
  changes: AttendanceChange[];
  reason: string | null;
}

export interface AttendanceBody {
  dialogue: {
    id: string;
    title: string;
    state: DialogueState;
    startsAt: number;
    startedAt: number | null;
    endedAt: number | null;
  };
  /** Over the halls below; the head table's own hall is one of them. */
  totals: AttendanceFigures & { headcount: number; halls: number; hallsReported: number };
  halls: AttendanceHall[];
  /** `null` for readers without names. */
  people: AttendancePerson[] | null;
  corrections: AttendanceCorrection[];
}
