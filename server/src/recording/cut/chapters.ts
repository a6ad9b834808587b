import { programmeTimeAt } from '@nhip-cau/shared/model/recording';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import type { EditList } from '../../dialogue/recording/edit-list.ts';
import { recordWords } from '../../dialogue/record/words.ts';
import { toWebVtt } from '../../dialogue/transcript/export/subtitles.ts';

const longestTitle = 80;

/** Chapters as ffmpeg's metadata file, a turn each; times of the programme in ms. */
export function chapterFile({ scenes, chapters }: EditList, title: string): string {
  const lines = [';FFMETADATA1', `title=${escaped(title)}`];
  for (const { startAt, endAt, turnId, hall, question } of chapters) {
    const between = recordWords.vi.host;
    const name = turnId === null ? between : question === null ? hall : `${hall} · ${question}`;
    lines.push(
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${Math.round(programmeTimeAt(scenes, startAt))}`,
      `END=${Math.round(programmeTimeAt(scenes, endAt))}`,
      `title=${escaped(shortened(name))}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The transcript as captions of the programme; `null` where nothing was written down. */
export function captionFile(transcript: TranscriptBody, { scenes }: EditList): string | null {
  if (transcript.lines.length === 0) return null;
  const timeOf = (at: number) => programmeTimeAt(scenes, at);
  return toWebVtt(transcript, { language: 'vi', timeOf });
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1).trimEnd()}…` : line;
}

/** ffmpeg's metadata format: these characters have a meaning in it. */
const escaped = (text: string) => text.replaceAll(/[=;#\\\n]/g, (found) => `\\${found}`);
