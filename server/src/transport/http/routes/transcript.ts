import type { TranscriptLinesBody } from '@nhip-cau/shared/protocol/transcript-record';
import { id } from '@nhip-cau/shared/protocol/scalars';
import { z } from 'zod';
import { may } from '../../../dialogue/kernel/actor.ts';
import type { LogReader } from '../../../dialogue/kernel/ports.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import {
  buildLines,
  buildTranscript,
  type TranscriptPart,
  type TranscriptReader,
} from '../../../dialogue/transcript/body.ts';
import { readLineHistory } from '../../../dialogue/transcript/history.ts';
import type { SpeechAudio, TranscriptSearch } from '../../../dialogue/transcript/ports.ts';
import { requireId, route, type Route, type RouteContext } from '../route.ts';
import { sendSound } from '../send-sound.ts';

const reads = { points: 300, seconds: 60 };
/** A player asks for many small ranges of one file. */
const listens = { points: 1_200, seconds: 60 };
const searches = { points: 120, seconds: 60 };
const bySession = ({ session }: Pick<RouteContext, 'session'>) => session?.id ?? '';

const maxLines = 100;
const lineIds = z.array(id).min(1).max(maxLines);
const part = z.object({
  version: z.coerce.number().int().min(1).nullable(),
  track: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .nullable(),
  questionId: id.nullable(),
});
const query = z.object({
  text: z.string().trim().min(1).max(200),
  dialogueId: id.nullable(),
  after: z.string().max(200).nullable(),
});

/** Transcripts, their lines' histories and sound, and looking through all of them. */
export function transcriptRoutes(
  log: LogReader,
  audio: SpeechAudio,
  search: TranscriptSearch,
): Route[] {
  const path = '/api/dialogues/:dialogueId';
  return [
    route({
      method: 'get',
      path: `${path}/transcript`,
      action: 'record.read',
      limit: { ...reads, key: bySession },
      handle: (context) =>
        buildTranscript(context.dialogue(), readerOf(context), partOf(context.request.query)),
    }),
    route({
      method: 'get',
      path: `${path}/transcript/lines`,
      action: 'record.read',
      limit: { ...reads, key: bySession },
      handle(context): TranscriptLinesBody {
        const ids = lineIds.parse(String(context.request.query['ids'] ?? '').split(','));
        return { lines: buildLines(context.dialogue(), readerOf(context), ids) };
      },
    }),
    route({
      method: 'get',
      path: `${path}/transcript/lines/:lineId/history`,
      action: 'transcript.history',
      limit: { ...reads, key: bySession },
      handle: ({ dialogue, param }) => readLineHistory(log, dialogue(), requireId(param('lineId'))),
    }),
    route({
      method: 'get',
      path: `${path}/speech/:name`,
      action: 'transcript.listen',
      limit: { ...listens, key: bySession },
      async handle({ dialogue, param, request, response }) {
        const runId = requireId(param('name').replace(/\.wav$/, ''));
        const sound = await audio.open(dialogue().id, runId);
        if (sound === null) throw new Refusal('not_found', { kind: 'run', id: runId });
        await sendSound(request, response, sound);
      },
    }),
    route({
      method: 'get',
      path: '/api/transcripts/search',
      // In which dialogues is asked of the table, dialogue by dialogue: 'transcript.search'.
      action: 'signedIn',
      limit: { ...searches, key: bySession },
      handle({ staff, request }) {
        const { accountId, isAdmin } = staff();
        const { q: text, dialogueId = null, after = null } = request.query;
        return search.find({ accountId, isAdmin }, query.parse({ text, dialogueId, after }));
      },
    }),
  ];
}

/** How the actor may read this dialogue's transcript. */
export function readerOf({ actor, dialogue }: RouteContext<undefined>): TranscriptReader {
  const state = dialogue();
  const [who, object] = [actor(), { dialogueId: state.id }];
  const knowsNames =
    may(who, 'audience.desk', object, state) || may(who, 'audience.host', object, state);
  return {
    names: knowsNames ? 'desk' : 'public',
    edits: may(who, 'transcript.edit', object, state),
    listens: may(who, 'transcript.listen', object, state),
  };
}

/** Throws `invalid`. */
export function partOf(asked: Record<string, unknown>): TranscriptPart {
  const { version = null, track = null, questionId = null } = asked;
  return part.parse({ version, track, questionId });
}
