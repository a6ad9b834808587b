import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import type { RecordLanguage } from '../../record/words.ts';
import { type Cue, cuesOf } from './cues.ts';
import { speakerName } from './speaker-name.ts';
import { versionText } from './version-text.ts';

export interface SubtitleOptions {
  language: RecordLanguage;
  /** Where an instant (epoch ms) stands in the file, in ms; since the dialogue's start if unset. */
  timeOf?: (at: number) => number;
}

/** As WebVTT (W3C). Each cue says who speaks. */
export function toWebVtt(transcript: TranscriptBody, options: SubtitleOptions): string {
  const { language } = options;
  const cues = cuesOf(transcript.lines, { timeOf: clockOf(transcript, options) });
  const { title, organiser } = transcript.dialogue;
  const note = ['NOTE', title, organiser, ...versionText(transcript, language)].join('\n');
  const blocks = cues.map((cue) => {
    const voice = escapeCue(speakerName(cue.line.speaker, language)).replace(/\s+/g, ' ');
    const text = cue.rows.map(escapeCue).join('\n');
    return `${cue.id}\n${span(cue, '.')}\n<v ${voice}>${text}`;
  });
  return `${['WEBVTT', escapeArrow(note), ...blocks].join('\n\n')}\n`;
}

/** As SubRip: who speaks is said where it changes. */
export function toSrt(transcript: TranscriptBody, options: SubtitleOptions): string {
  const nameOf = ({ speaker }: Cue['line']) => speakerName(speaker, options.language);
  const cues = cuesOf(transcript.lines, {
    timeOf: clockOf(transcript, options),
    prefix: (line, before) => (before && nameOf(before) === nameOf(line) ? '' : `${nameOf(line)}:`),
  });
  return cues
    .map((cue, index) => {
      const text = escapeArrow(cue.rows.join('\n'));
      return `${index + 1}\n${span(cue, ',')}\n${text}\n`;
    })
    .join('\n');
}

function clockOf({ lines }: TranscriptBody, { timeOf }: SubtitleOptions): (at: number) => number {
  const [first] = lines;
  const startedAt = first ? first.at - first.offsetMs : 0;
  // What was said a moment before the start stands at the start.
  return timeOf ?? ((at) => Math.max(at - startedAt, 0));
}

const span = ({ startMs, endMs }: Cue, point: '.' | ',') =>
  `${clock(startMs, point)} --> ${clock(endMs, point)}`;

/** `HH:MM:SS.mmm`. */
function clock(ms: number, point: '.' | ','): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1_000);
  const hms = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${hms.map(two).join(':')}${point}${String(ms % 1_000).padStart(3, '0')}`;
}

/** Cue text must hold neither markup nor the arrow. */
function escapeCue(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const escapeArrow = (text: string) => text.replaceAll('-->', '→');
