import type { FairnessReportBody } from '@nhip-cau/shared/protocol/fairness-report';
import { buildFairness, pinTypes } from '../../../dialogue/fairness/report.ts';
import { type FairnessSheet, fairnessSheets } from '../../../dialogue/fairness/sheets.ts';
import { fairnessWords } from '../../../dialogue/fairness/words.ts';
import { may } from '../../../dialogue/kernel/actor.ts';
import type { LogReader } from '../../../dialogue/kernel/ports.ts';
import { fileName } from '../../../dialogue/record/file-name.ts';
import { type RecordLanguage, recordLanguages } from '../../../dialogue/record/words.ts';
import { toCsv } from '../../../dialogue/sheets/csv.ts';
import { toXlsxApart } from '../../../dialogue/sheets/xlsx-apart.ts';
import { Download, route, type Route, type RouteContext } from '../route.ts';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Who was heard, to read and to keep; `?sheet=` chooses the table of a CSV file. */
export function fairnessRoutes(log: LogReader): Route[] {
  const path = '/api/dialogues/:dialogueId/fairness';
  const action = 'fairness.read';
  const limit = {
    points: 60,
    seconds: 60,
    key: ({ session }: Pick<RouteContext, 'session'>) => session?.id ?? '',
  };

  async function report({ dialogue, actor }: RouteContext<undefined>): Promise<FairnessReportBody> {
    const pins = await log.readEntries(dialogue().id, { types: pinTypes });
    const state = dialogue();
    const object = { dialogueId: state.id };
    const isDesk = (['audience.desk', 'audience.host'] as const).some((audience) =>
      may(actor(), audience, object, state),
    );
    return buildFairness(state, pins, isDesk ? 'desk' : 'public', Date.now());
  }

  function download(
    context: RouteContext<undefined>,
    { dialogue }: FairnessReportBody,
    extension: 'csv' | 'xlsx',
    content: string | Uint8Array,
  ): Download {
    const name = fileName(dialogue.title, fairnessWords[languageOf(context)].file, extension);
    return new Download(name, extension === 'csv' ? 'text/csv' : xlsxType, content);
  }

  return [
    route({ method: 'get', path, action, limit, handle: report }),
    route({
      method: 'get',
      path: `${path}.csv`,
      action,
      limit,
      async handle(context: RouteContext<undefined>) {
        const body = await report(context);
        const sheets = fairnessSheets(body, languageOf(context));
        return download(context, body, 'csv', toCsv(sheets[sheetIn(context)]));
      },
    }),
    route({
      method: 'get',
      path: `${path}.xlsx`,
      action,
      limit,
      async handle(context: RouteContext<undefined>) {
        const body = await report(context);
        const sheets = Object.values(fairnessSheets(body, languageOf(context)));
        return download(context, body, 'xlsx', await toXlsxApart(sheets));
      },
    }),
  ];
}

function sheetIn({ request }: RouteContext<undefined>): FairnessSheet {
  const asked = request.query['sheet'];
  return asked === 'fields' || asked === 'neverHeard' || asked === 'pins' ? asked : 'districts';
}

function languageOf({ request }: RouteContext<undefined>): RecordLanguage {
  return recordLanguages.find((language) => language === request.query['lang']) ?? 'vi';
}
