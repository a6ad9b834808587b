import { compareText } from '@nhip-cau/shared/model/text';
import type {
  AttendanceBody,
  AttendanceCorrection,
  AttendanceFigures,
  AttendanceHall,
  AttendancePerson,
  AttendanceStay,
} from '@nhip-cau/shared/protocol/attendance-report';
import type { LogEntry } from '../kernel/entries.ts';
import type { Attendee, BridgePoint, DialogueState } from '../kernel/state.ts';
import { correctionsIn } from './corrections.ts';
import { peakOf, staysOf } from './stays.ts';

export interface AttendanceReader {
  /** Whether people's names may be read, and what was written about them. */
  names: boolean;
  /** One hall alone; `null`: all of them. */
  bridgePointId: string | null;
}

/**
 * Who was there, from the state and from the log's `entries` of `trailTypes`. Throws when the
 * dialogue has no entry yet.
 */
export function buildAttendance(
  state: DialogueState,
  entries: readonly LogEntry[],
  { names, bridgePointId }: AttendanceReader,
): AttendanceBody {
  const { dialogue } = state;
  if (dialogue === null) throw new Error('a dialogue without a log has no attendance');
  const isRead = (id: string) => bridgePointId === null || id === bridgePointId;
  const stays = staysOf(state, entries);
  const people = [...state.attendees.values()]
    .filter((attendee) => attendee.removedAt === null && isRead(attendee.bridgePointId))
    .sort(byName);
  const byHall = Map.groupBy(people, (attendee) => attendee.bridgePointId);
  const halls = [...state.bridgePoints.values()]
    .filter(({ id }) => isRead(id))
    .sort(byDistrict)
    .map((hall) => hallOf(hall, byHall.get(hall.id) ?? [], stays));
  const { id, title, startsAt, startedAt, endedAt } = dialogue;
  return {
    dialogue: { id, title, state: dialogue.state, startsAt, startedAt, endedAt },
    totals: {
      ...figuresOf(people, stays, sum(halls, 'expected'), sum(halls, 'joined')),
      headcount: halls.reduce((total, { headcount }) => total + (headcount ?? 0), 0),
      halls: halls.length,
      hallsReported: halls.filter(({ headcount }) => headcount !== null).length,
    },
    halls,
    people: names ? people.map((attendee) => personOf(attendee, stays)) : null,
    corrections: correctionsIn(entries)
      .filter((correction) => isRead(correction.bridgePointId))
      .map((correction) => (names ? correction : withoutName(correction))),
  };
}

type Stays = ReadonlyMap<string, AttendanceStay[]>;

function hallOf(hall: BridgePoint, people: readonly Attendee[], stays: Stays): AttendanceHall {
  const { id, code, name, district, isCentral, headcount, headcountAt } = hall;
  const figures = figuresOf(people, stays, hall.expectedAttendance, hall.joined);
  return { id, code, name, district, isCentral, headcount, headcountAt, ...figures };
}

function figuresOf(
  people: readonly Attendee[],
  stays: Stays,
  expected: number,
  joined: number,
): AttendanceFigures {
  const all = people.flatMap(({ id }) => stays.get(id) ?? []);
  const present = people.filter((attendee) => attendee.joinedAt !== null && !attendee.leftAt);
  const left = all.flatMap(({ leftAt }) => (leftAt === null ? [] : [leftAt]));
  return {
    expected,
    listed: people.filter(({ how }) => how === 'list').length,
    came: people.filter(({ joinedAt }) => joinedAt !== null).length,
    present: present.length,
    joined,
    peak: peakOf(all),
    firstAt: least(all.map(({ joinedAt }) => joinedAt)),
    lastAt: present.length > 0 ? null : most(left),
  };
}

function personOf({ id, bridgePointId, name, how }: Attendee, stays: Stays): AttendancePerson {
  return { id, bridgePointId, name, how, stays: stays.get(id) ?? [] };
}

/** What was written about a person may name them. */
function withoutName(correction: AttendanceCorrection): AttendanceCorrection {
  if (correction.attendee === null) return correction;
  const changes = correction.changes.filter(({ of }) => of !== 'name');
  return { ...correction, attendee: null, changes, reason: null };
}

function byDistrict(a: BridgePoint, b: BridgePoint): number {
  if (a.isCentral !== b.isCentral) return a.isCentral ? -1 : 1;
  return compareText(a.district, b.district) || compareText(a.name, b.name);
}

function byName(a: Attendee, b: Attendee): number {
  if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}

const sum = (halls: readonly AttendanceHall[], of: 'expected' | 'joined') =>
  halls.reduce((total, hall) => total + hall[of], 0);

// Fifteen thousand times are too many arguments for one call of Math.min.
const least = (times: readonly number[]) =>
  times.reduce<number | null>((a, b) => (a === null || b < a ? b : a), null);
const most = (times: readonly number[]) =>
  times.reduce<number | null>((a, b) => (a === null || b > a ? b : a), null);
