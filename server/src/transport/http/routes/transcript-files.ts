import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import { z } from 'zod';
import { fileName } from '../../../dialogue/record/file-name.ts';
import {
  type RecordLanguage,
  recordLanguages,
  recordWords,
} from '../../../dialogue/record/words.ts';
import { buildTranscript, everybody } from '../../../dialogue/transcript/body.ts';
import { toDocxApart } from '../../../dialogue/transcript/export/docx-apart.ts';
import { toPlainText } from '../../../dialogue/transcript/export/plain-text.ts';
import { toSrt, toWebVtt } from '../../../dialogue/transcript/export/subtitles.ts';
import { Download, route, type Route, type RouteContext } from '../route.ts';
import { partOf, readerOf } from './transcript.ts';

/** How a transcript is written. `tracks`: one language, or all. */
interface Format {
  extension: string;
  type: string;
  tracks: 'one' | 'all';
  write: (
    transcript: TranscriptBody,
    language: RecordLanguage,
    isExtract: boolean,
  ) => string | Promise<Uint8Array>;
}

const formats: readonly Format[] = [
  {
    extension: 'vtt',
    type: 'text/vtt',
    tracks: 'one',
    write: (transcript, language) => toWebVtt(transcript, { language }),
  },
  {
    extension: 'srt',
    type: 'application/x-subrip; charset=utf-8',
    tracks: 'one',
    write: (transcript, language) => toSrt(transcript, { language }),
  },
  { extension: 'txt', type: 'text/plain', tracks: 'one', write: toPlainText },
  {
    extension: 'json',
    type: 'application/json',
    tracks: 'all',
    write: (transcript) => `${JSON.stringify(transcript, null, 2)}\n`,
  },
  {
    extension: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    tracks: 'one',
    write: (transcript, language, isExtract) => toDocxApart(transcript, { language, isExtract }),
  },
];

/** A mistyped form must not give what is hidden. */
const asked = z.object({ form: z.literal('public').optional() });
/** A document of four hours takes a second of a processor. */
const writes = { points: 60, seconds: 60 };

/** Transcripts as files to keep: whole or of one question, of any version and track. */
export const transcriptFileRoutes = (): Route[] =>
  formats.map((format) =>
    route({
      method: 'get',
      path: `/api/dialogues/:dialogueId/transcript.${format.extension}`,
      action: 'record.read',
      limit: { ...writes, key: ({ session }) => session?.id ?? '' },
      handle: (context) => writeFile(context, format),
    }),
  );

async function writeFile(
  context: RouteContext<undefined>,
  { extension, type, tracks, write }: Format,
): Promise<Download> {
  const { query } = context.request;
  const part = partOf(query);
  // Whoever reads more of it can have the form that everybody may read, to publish it.
  const { form } = asked.parse({ form: query['form'] });
  const reader = form === 'public' ? everybody : readerOf(context);
  const track = part.track ?? (tracks === 'one' ? spokenTrack : null);
  const transcript = buildTranscript(context.dialogue(), reader, { ...part, track });
  const language = recordLanguages.find((one) => one === query['lang']) ?? 'vi';
  const suffix = recordWords[language].fileTranscript;
  const name = fileName(transcript.dialogue.title, suffix, extension);
  return new Download(name, type, await write(transcript, language, part.questionId !== null));
}
