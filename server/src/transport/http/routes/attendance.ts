import type { AttendanceBody } from '@nhip-cau/shared/protocol/attendance-report';
import { type Actor, may } from '../../../dialogue/kernel/actor.ts';
import { trailTypes } from '../../../dialogue/attendance/corrections.ts';
import { attendanceSheets } from '../../../dialogue/attendance/report-sheets.ts';
import { buildAttendance } from '../../../dialogue/attendance/report.ts';
import { type AttendanceWords, attendanceWords } from '../../../dialogue/attendance/words.ts';
import type { LogReader } from '../../../dialogue/kernel/ports.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../../dialogue/kernel/state.ts';
import { fileName } from '../../../dialogue/record/file-name.ts';
import { type RecordLanguage, recordLanguages } from '../../../dialogue/record/words.ts';
import { toCsv } from '../../../dialogue/sheets/csv.ts';
import { toXlsxApart } from '../../../dialogue/sheets/xlsx-apart.ts';
import { Download, requireId, route, type Route, type RouteContext } from '../route.ts';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const reads = { points: 60, seconds: 60 };
/** A spreadsheet of fifteen thousand people is a second's work of a core. */
const downloads = { points: 20, seconds: 60 };

/**
 * Who was there, to read and to keep. `?bridgePoint=` asks for one hall, which is all that a hall's
 * own moderator may read; `?sheet=` chooses the table of a CSV file.
 */
export function attendanceRoutes(log: LogReader): Route[] {
  const path = '/api/dialogues/:dialogueId/attendance';
  const object = (context: RouteContext<undefined>) => ({ bridgePointId: hallIn(context) });

  async function report(context: RouteContext<undefined>): Promise<AttendanceBody> {
    const state = context.dialogue();
    const bridgePointId = hallIn(context);
    if (bridgePointId !== null && !state.bridgePoints.has(bridgePointId)) {
      throw new Refusal('not_found', { kind: 'bridgePoint' });
    }
    const entries = await log.readEntries(state.id, { types: trailTypes });
    const names = readsNames(context.actor(), state, bridgePointId);
    return buildAttendance(state, entries, { names, bridgePointId });
  }

  const bySession = ({ session }: Pick<RouteContext, 'session'>) => session?.id ?? '';
  const file = (
    extension: 'csv' | 'xlsx',
    make: (report: AttendanceBody, context: RouteContext<undefined>) => Promise<[string, Content]>,
  ): Route =>
    route({
      method: 'get',
      path: `${path}.${extension}`,
      action: 'attendance.read',
      object,
      limit: { ...downloads, key: bySession },
      async handle(context) {
        const body = await report(context);
        const [type, content] = await make(body, context);
        const { file: suffix } = attendanceWords[languageOf(context)];
        return new Download(fileName(body.dialogue.title, suffix, extension), type, content);
      },
    });

  return [
    route({
      method: 'get',
      path,
      action: 'attendance.read',
      object,
      limit: { ...reads, key: bySession },
      handle: report,
    }),
    file('csv', async (body, context) => {
      const language = languageOf(context);
      const wanted = sheetIn(context);
      const name = attendanceWords[language].sheets[wanted];
      const sheet = attendanceSheets(body, language).find((one) => one.name === name);
      if (sheet === undefined) throw new Refusal('not_allowed', { sheet: wanted });
      return ['text/csv', toCsv(sheet)];
    }),
    file('xlsx', async (body, context) => [
      xlsxType,
      await toXlsxApart(attendanceSheets(body, languageOf(context))),
    ]),
  ];
}

type Content = string | Uint8Array;

function hallIn({ request }: RouteContext<undefined>): string | null {
  const asked = request.query['bridgePoint'];
  return typeof asked === 'string' ? requireId(asked) : null;
}

function sheetIn({ request }: RouteContext<undefined>): keyof AttendanceWords['sheets'] {
  const asked = request.query['sheet'];
  return asked === 'people' || asked === 'corrections' ? asked : 'halls';
}

/** Those who work with the people there; a supervisor reads figures. */
function readsNames(actor: Actor, state: DialogueState, bridgePointId: string | null): boolean {
  const object = { dialogueId: state.id, bridgePointId };
  return (['audience.desk', 'audience.host', 'audience.bridgePoint'] as const).some((audience) =>
    may(actor, audience, object, state),
  );
}

function languageOf({ request }: RouteContext<undefined>): RecordLanguage {
  return recordLanguages.find((language) => language === request.query['lang']) ?? 'vi';
}
