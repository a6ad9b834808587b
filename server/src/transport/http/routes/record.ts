import type { RecordBody } from '@nhip-cau/shared/protocol/http';
import { type Actor, may } from '../../../dialogue/kernel/actor.ts';
import type { DialogueState } from '../../../dialogue/kernel/state.ts';
import { buildRecord } from '../../../dialogue/record/record.ts';
import { fileName, toPlainText, toWebVtt } from '../../../dialogue/record/transcript-files.ts';
import {
  type RecordLanguage,
  recordLanguages,
  recordWords,
} from '../../../dialogue/record/words.ts';
import { Download, route, type Route, type RouteContext } from '../route.ts';

type Make = (record: RecordBody, language: RecordLanguage) => Download;

/** What a dialogue leaves behind, to read and to keep. */
export function recordRoutes(): Route[] {
  const file = (name: string, make: Make): Route =>
    route({
      method: 'get',
      path: `/api/dialogues/:dialogueId/${name}`,
      action: 'record.read',
      handle: (context) => make(recordFor(context), languageOf(context)),
    });
  return [
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/record',
      action: 'record.read',
      handle: recordFor,
    }),
    file('record.json', (record, language) => {
      const name = fileName(record.dialogue.title, recordWords[language].fileRecord, 'json');
      return new Download(name, 'application/json', `${JSON.stringify(record, null, 2)}\n`);
    }),
    file('transcript.vtt', (record, language) => {
      const name = fileName(record.dialogue.title, recordWords[language].fileTranscript, 'vtt');
      return new Download(name, 'text/vtt', toWebVtt(record, language));
    }),
    file('transcript.txt', (record, language) => {
      const name = fileName(record.dialogue.title, recordWords[language].fileTranscript, 'txt');
      return new Download(name, 'text/plain', toPlainText(record, language));
    }),
  ];
}

function recordFor({ actor, dialogue }: RouteContext<undefined>): RecordBody {
  const state = dialogue();
  return buildRecord(state, readsNames(actor(), state) ? 'desk' : 'public', Date.now());
}

/** Names and own words are for those who work with the questions. */
function readsNames(actor: Actor, state: DialogueState): boolean {
  const object = { dialogueId: state.id };
  return may(actor, 'audience.desk', object, state) || may(actor, 'audience.host', object, state);
}

function languageOf({ request }: RouteContext<undefined>): RecordLanguage {
  return recordLanguages.find((language) => language === request.query['lang']) ?? 'vi';
}
