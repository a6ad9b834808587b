import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type { DialogueEngine } from '../../dialogue/kernel/engine.ts';
import type { LogReader } from '../../dialogue/kernel/ports.ts';
import { editListOf, editTypes, trimmed } from '../../dialogue/recording/edit-list.ts';
import { buildTranscript, everybody } from '../../dialogue/transcript/body.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import { readTracks } from '../library.ts';
import { tracksDir } from '../recorder.ts';
import type { CutMaterial } from './cut.ts';
import { spanOf } from './pieces.ts';

export interface MaterialSources {
  engine: Pick<DialogueEngine, 'read'>;
  logReader: LogReader;
  /** Where all recordings are. */
  dir: string;
}

/** What a dialogue's programme is made of. Rejects where it has not begun. */
export async function gatherMaterial(
  { engine, logReader, dir }: MaterialSources,
  dialogueId: string,
  ffmpeg: Ffmpeg,
): Promise<CutMaterial> {
  const state = await engine.read(dialogueId);
  if (state === null) throw new Error('the dialogue is gone');
  const now = Date.now();
  const entries = await logReader.readEntries(dialogueId, { types: editTypes });
  const list = editListOf(entries, state.dialogue?.endedAt ?? now);
  if (list === null) throw new Error('the dialogue has not begun');
  const stored = await readTracks(tracksDir(dir, dialogueId), ffmpeg);
  const tracks = stored.filter(({ segments }) => segments.length > 0);
  const spans = tracks.map(spanOf);
  const from = Math.min(...spans.map((span) => span.from));
  const until = Math.max(...spans.map((span) => span.until));
  const part = { version: null, track: spokenTrack, questionId: null };
  // Whoever gets the file reads what everybody may read.
  const transcript = buildTranscript(state, everybody, part);
  return { list: trimmed(list, from, until), tracks, transcript };
}
