import { randomBytes } from 'node:crypto';
import { probeBytes } from '@nhip-cau/shared/protocol/rehearsal';
import type { ActionObject } from '@nhip-cau/shared/model/permissions';
import { type RecordLanguage, recordLanguages } from '../../../dialogue/record/words.ts';
import { fileName } from '../../../dialogue/record/file-name.ts';
import { rehearsalSheet } from '../../../dialogue/rehearsal/sheet.ts';
import { rehearsalWords } from '../../../dialogue/rehearsal/words.ts';
import { toCsv } from '../../../dialogue/sheets/csv.ts';
import { toXlsxApart } from '../../../dialogue/sheets/xlsx-apart.ts';
import { Download, route, type Route, type RouteContext } from '../route.ts';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A technician tries again and again while changing cables. */
const probes = { points: 20, seconds: 60 };
const downloads = { points: 20, seconds: 60 };
const bySession = ({ session }: Pick<RouteContext, 'session'>) => session?.id ?? '';

/** What cannot be pressed together on the way. */
const probe = randomBytes(probeBytes);

/** The measure of a hall's line, and the rehearsal's results to keep. */
export function rehearsalRoutes(): Route[] {
  const path = '/api/dialogues/:dialogueId';

  const file = (
    extension: 'csv' | 'xlsx',
    type: string,
    make: (context: RouteContext<undefined>) => Promise<string | Uint8Array>,
  ): Route =>
    route({
      method: 'get',
      path: `${path}/rehearsal.${extension}`,
      action: 'rehearsal.read',
      limit: { ...downloads, key: bySession },
      async handle(context: RouteContext<undefined>) {
        const { file: suffix } = rehearsalWords[languageOf(context)];
        const title = context.dialogue().dialogue?.title ?? '';
        return new Download(fileName(title, suffix, extension), type, await make(context));
      },
    });
  const sheet = (context: RouteContext<undefined>) =>
    rehearsalSheet(context.dialogue(), languageOf(context));

  return [
    route({
      method: 'get',
      path: `${path}/probe`,
      action: 'rehearsal.report',
      object: ownHall,
      limit: { ...probes, key: bySession },
      handle({ response }: RouteContext<undefined>) {
        response.set({ 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' });
        response.send(probe);
      },
    }),
    route({
      method: 'post',
      path: `${path}/probe`,
      action: 'rehearsal.report',
      object: ownHall,
      uploadBytes: probeBytes,
      limit: { ...probes, key: bySession },
      handle: ({ request }: RouteContext<undefined>) => ({
        bytes: (request.body as Buffer).length,
      }),
    }),
    file('csv', 'text/csv', (context) => Promise.resolve(toCsv(sheet(context)))),
    file('xlsx', xlsxType, (context) => toXlsxApart([sheet(context)])),
  ];
}

function ownHall({ actor }: RouteContext<undefined>): ActionObject {
  const who = actor();
  return { bridgePointId: 'bridgePointId' in who ? who.bridgePointId : null };
}

function languageOf({ request }: RouteContext<undefined>): RecordLanguage {
  return recordLanguages.find((language) => language === request.query['lang']) ?? 'vi';
}
