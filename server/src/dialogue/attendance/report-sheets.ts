import type {
  AttendanceBody,
  AttendanceChange,
  AttendanceCorrection,
  AttendanceFigures,
} from '@nhip-cau/shared/protocol/attendance-report';
import type { RecordLanguage } from '../record/words.ts';
import type { Cell, Sheet } from '../sheets/sheet.ts';
import { type AttendanceWords as Words, attendanceWords } from './words.ts';

/** The report as tables: the halls with their total, the people, what was corrected. */
export function attendanceSheets(report: AttendanceBody, language: RecordLanguage): Sheet[] {
  const words = attendanceWords[language];
  return [hallSheet(report, words), ...peopleSheet(report, words), trailSheet(report, words)];
}

function hallSheet({ halls, totals }: AttendanceBody, words: Words): Sheet {
  const columns = (
    [
      ['district', 20],
      ['hall', 36],
      ['code', 14],
      ['expected', 10],
      ['headcount', 10],
      ['headcountAt', 20],
      ['listed', 10],
      ['came', 10],
      ['present', 10],
      ['joined', 12],
      ['peak', 12],
      ['firstAt', 20],
      ['lastAt', 20],
    ] as const
  ).map(([key, width]) => ({ head: words[key], width }));
  const rows = halls.map((hall): Cell[] => [
    hall.district,
    hall.name,
    hall.code,
    hall.expected,
    hall.headcount,
    moment(hall.headcountAt),
    ...figures(hall),
  ]);
  const total: Cell[] = [words.total, null, null, totals.expected, totals.headcount, null];
  return { name: words.sheets.halls, columns, rows: [...rows, [...total, ...figures(totals)]] };
}

function figures({ listed, came, present, joined, peak, ...times }: AttendanceFigures): Cell[] {
  return [listed, came, present, joined, peak, moment(times.firstAt), moment(times.lastAt)];
}

/** A row for each stay; one without times for who is listed and did not come. */
function peopleSheet({ people, halls }: AttendanceBody, words: Words): Sheet[] {
  if (people === null) return [];
  const hallOf = new Map(halls.map((hall) => [hall.id, hall]));
  const columns = (
    [
      ['district', 20],
      ['hall', 36],
      ['name', 30],
      ['how', 18],
      ['joinedAt', 20],
      ['leftAt', 20],
    ] as const
  ).map(([key, width]) => ({ head: words[key], width }));
  const rows = people.flatMap(({ bridgePointId, name, how, stays }) => {
    const hall = hallOf.get(bridgePointId);
    const who: Cell[] = [hall?.district ?? '', hall?.name ?? '', name ?? words.unnamed];
    const times: { joinedAt: number | null; leftAt: number | null }[] =
      stays.length > 0 ? stays : [{ joinedAt: null, leftAt: null }];
    return times.map((stay): Cell[] => [
      ...who,
      words.sources[how],
      moment(stay.joinedAt),
      moment(stay.leftAt),
    ]);
  });
  return [{ name: words.sheets.people, columns, rows }];
}

function trailSheet({ corrections, halls }: AttendanceBody, words: Words): Sheet {
  const hallName = new Map(halls.map(({ id, name }) => [id, name]));
  const columns = (
    [
      ['at', 20],
      ['by', 28],
      ['hall', 36],
      ['about', 30],
      ['field', 20],
      ['from', 20],
      ['to', 20],
      ['reason', 50],
    ] as const
  ).map(([key, width]) => ({ head: words[key], width }));
  const rows = corrections.flatMap((correction) =>
    correction.changes.map((change): Cell[] => [
      moment(correction.at),
      whoOf(correction, words),
      hallName.get(correction.bridgePointId) ?? '',
      correction.attendee === null ? null : (correction.attendee.name ?? words.unnamed),
      words.fields[change.of],
      ...beforeAndAfter(change),
      correction.reason,
    ]),
  );
  return { name: words.sheets.corrections, columns, rows };
}

function whoOf({ by }: AttendanceCorrection, { roles }: Words): string {
  const role = roles[by.role] ?? by.role;
  return by.name === null ? role : `${by.name} (${role})`;
}

function beforeAndAfter(change: AttendanceChange): [Cell, Cell] {
  if (change.of === 'removed') return [null, null];
  if (change.of === 'headcount' || change.of === 'name') return [change.from, change.to];
  return [moment(change.from), moment(change.to)];
}

const moment = (at: number | null): Cell => (at === null ? null : { at });
