import type { RecordBody } from '@nhip-cau/shared/protocol/http';
import { type Actor, may } from '../../../dialogue/kernel/actor.ts';
import type { DialogueState } from '../../../dialogue/kernel/state.ts';
import { buildRecord } from '../../../dialogue/record/record.ts';
import { fileName } from '../../../dialogue/record/file-name.ts';
import {
  type RecordLanguage,
  recordLanguages,
  recordWords,
} from '../../../dialogue/record/words.ts';
import { Download, route, type Route, type RouteContext } from '../route.ts';

/** What a dialogue leaves behind, to read and to keep. */
export function recordRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/record',
      action: 'record.read',
      handle: recordFor,
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/record.json',
      action: 'record.read',
      handle(context) {
        const record = recordFor(context);
        const suffix = recordWords[languageOf(context)].fileRecord;
        const name = fileName(record.dialogue.title, suffix, 'json');
        return new Download(name, 'application/json', `${JSON.stringify(record, null, 2)}\n`);
      },
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
