import { captionLines, defaultLayout } from '@nhip-cau/shared/model/caption-lines';
import type { TranscriptLineBody } from '@nhip-cau/shared/protocol/transcript-record';

export type CueLine = Pick<
  TranscriptLineBody,
  'id' | 'at' | 'endAt' | 'speaker' | 'text' | 'words'
>;

/** What is shown together, in ms of the file that it belongs to. */
export interface Cue {
  id: string;
  startMs: number;
  endMs: number;
  line: CueLine;
  /** At most two, of at most 37 characters. */
  rows: string[];
}

const minCueMs = 1_000;
const maxCueMs = 10_000;
/** A reader's pace for captions (BBC subtitle guidelines: 160–180 words a minute). */
const msPerCharacter = 65;

export interface CueOptions {
  /** Where an instant (epoch ms) stands in the file, in ms. */
  timeOf: (at: number) => number;
  /** What is said in front of a line, after `before`; nothing when it is empty. */
  prefix?: (line: CueLine, before: CueLine | undefined) => string;
}

/**
 * Lines, in order of time, as cues. Where the words' times are known a cue is there with its words;
 * else the line's time, or what reading it takes, is shared by length. A cue ends where the next one
 * begins.
 */
export function cuesOf(lines: readonly CueLine[], { timeOf, prefix }: CueOptions): Cue[] {
  const cues = lines.flatMap((line, index) => {
    const said = prefix?.(line, lines[index - 1]) ?? '';
    return cuesOfLine(line, said, lines[index + 1], timeOf);
  });
  return untangled(cues.sort((a, b) => a.startMs - b.startMs));
}

function cuesOfLine(
  line: CueLine,
  prefix: string,
  next: CueLine | undefined,
  timeOf: CueOptions['timeOf'],
): Cue[] {
  const rows = captionLines(prefix ? `${prefix} ${line.text}` : line.text);
  const pages = Array.from({ length: Math.ceil(rows.length / defaultLayout.lines) }, (_, page) =>
    rows.slice(page * defaultLayout.lines, (page + 1) * defaultLayout.lines),
  );
  const timeAt = letterTimes(line, next);
  const ahead = lettersIn(prefix);
  let from = 0;
  return pages.map((page, index) => {
    const to = from + page.reduce((sum, row) => sum + lettersIn(row), 0);
    const cue = {
      id: index === 0 ? line.id : `${line.id}-${index + 1}`,
      startMs: Math.round(timeOf(timeAt.start(Math.max(from - ahead, 0)))),
      endMs: Math.round(timeOf(timeAt.end(Math.max(to - ahead, 1)))),
      line,
      rows: page,
    };
    from = to;
    return cue;
  });
}

/** When the letter of that number (spaces do not count) begins, and the one before it ends. */
function letterTimes(
  { at, endAt, text, words }: CueLine,
  next: CueLine | undefined,
): { start: (letter: number) => number; end: (letter: number) => number } {
  if (words && words.length > 0) {
    let sum = 0;
    const ends = words.map((word) => (sum += lettersIn(word.text)));
    const wordOf = (letter: number) => {
      const index = ends.findIndex((end) => letter < end);
      return words[index < 0 ? words.length - 1 : index]!;
    };
    return {
      start: (letter) => at + wordOf(letter).startMs,
      end: (letter) => at + wordOf(letter - 1).endMs,
    };
  }
  const total = Math.max(lettersIn(text), 1);
  const readMs = Math.max(text.length * msPerCharacter, minCueMs);
  const isLast = next === undefined || next.at <= at;
  const lengthMs = endAt !== null ? endAt - at : isLast ? readMs : Math.min(readMs, next.at - at);
  const timeAt = (letter: number) => at + (lengthMs * letter) / total;
  return { start: timeAt, end: timeAt };
}

const lettersIn = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, '').length;

/** Long enough to be read and no longer, one after another but for those that begin together. */
function untangled(cues: readonly Cue[]): Cue[] {
  return cues.map((cue, index) => {
    const { startMs } = cue;
    const wantedMs = Math.min(Math.max(cue.endMs - startMs, minCueMs), maxCueMs);
    const next = cues.slice(index + 1).find((later) => later.startMs > startMs);
    const untilMs = next === undefined ? wantedMs : next.startMs - startMs;
    return { ...cue, endMs: startMs + Math.max(Math.min(wantedMs, untilMs), 1) };
  });
}
