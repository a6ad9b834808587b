import { type Redaction, realign, type Word, wordsOf } from '@nhip-cau/shared/model/transcript';
import type { TranscriptLine } from '../kernel/state.ts';

/** What of a line splitting and merging changes. */
type Piece = Pick<TranscriptLine, 'at' | 'endAt' | 'text' | 'words' | 'audio' | 'redactions'>;

/**
 * The two parts of a text cut before its character `at`, trimmed, and where the second one begins.
 * `null`: one of them would be empty, or a character would be cut in two.
 */
export function partsOf(
  text: string,
  at: number,
): { left: string; right: string; rightStart: number } | null {
  const left = text.slice(0, at).trimEnd();
  const right = text.slice(at).trimStart();
  if (left === '' || right === '' || !left.isWellFormed()) return null;
  return { left, right, rightStart: text.length - right.length };
}

/** A line's two pieces; both keep the words' times and their part of the sound. */
export function split(line: Piece, at: number): { left: Piece; right: Piece } {
  const parts = partsOf(line.text, at);
  if (parts === null) throw new Error(`the log splits a line at ${at}, where it cannot be`);
  const { left, right, rightStart } = parts;
  const words = line.words && realign(line.words, `${left} ${right}`, 'engine');
  const leftWords = words?.slice(0, wordsOf(left).length) ?? null;
  const rightWords = words?.slice(wordsOf(left).length) ?? null;
  const lengthMs = line.endAt === null ? 0 : line.endAt - line.at;
  const shareMs = Math.round((lengthMs * rightStart) / line.text.length);
  const leftEndMs = leftWords?.at(-1)?.endMs ?? shareMs;
  const rightStartMs = rightWords?.[0]?.startMs ?? shareMs;
  const { audio } = line;
  return {
    left: {
      at: line.at,
      endAt: line.endAt === null ? null : line.at + leftEndMs,
      text: left,
      words: leftWords,
      audio: audio && { ...audio, endMs: Math.min(audio.startMs + leftEndMs, audio.endMs) },
      redactions: within(line.redactions, 0, left.length),
    },
    right: {
      at: line.at + rightStartMs,
      endAt: line.endAt,
      text: right,
      words: rightWords && shifted(rightWords, -rightStartMs),
      audio: audio && { ...audio, startMs: Math.min(audio.startMs + rightStartMs, audio.endMs) },
      redactions: within(line.redactions, rightStart, line.text.length),
    },
  };
}

/** Whether `next` can be put behind `line`: it is later, of the same track and the same sound. */
export function canMerge(line: TranscriptLine, next: TranscriptLine): boolean {
  const isLater = next.at > line.at || (next.at === line.at && next.id !== line.id);
  const hasOtherSound = line.audio && next.audio && line.audio.runId !== next.audio.runId;
  return isLater && line.track === next.track && !hasOtherSound;
}

/** One line of two; where only one of them has words with times, nobody knows those of the other. */
export function merged(line: Piece, next: Piece): Piece {
  const text = `${line.text} ${next.text}`;
  const laterMs = next.at - line.at;
  const ends = [line.endAt, next.endAt].filter((end) => end !== null);
  return {
    at: line.at,
    endAt: ends.length > 0 ? Math.max(...ends) : null,
    text,
    words: wordsOfBoth(line, next, laterMs),
    audio: soundOfBoth(line, next, laterMs),
    redactions: redactionsOfBoth(line, next),
  };
}

function wordsOfBoth(line: Piece, next: Piece, laterMs: number): Word[] | null {
  const later = next.words && shifted(next.words, laterMs);
  if (line.words && later) return [...line.words, ...later];
  const known = line.words ?? later;
  return known && realign(known, `${line.text} ${next.text}`);
}

function soundOfBoth(line: Piece, next: Piece, laterMs: number): Piece['audio'] {
  if (line.audio && next.audio) {
    const endMs = Math.max(line.audio.endMs, next.audio.endMs);
    return { ...line.audio, endMs };
  }
  return (
    line.audio ??
    (next.audio && { ...next.audio, startMs: Math.max(next.audio.startMs - laterMs, 0) })
  );
}

function redactionsOfBoth(line: Piece, next: Piece): Redaction[] {
  const start = line.text.length + 1;
  const both = [...line.redactions];
  for (const redaction of next.redactions) {
    const moved = { ...redaction, start: redaction.start + start, end: redaction.end + start };
    // One that was cut in two when its line was split is one again.
    const same = both.findIndex(({ id }) => id === redaction.id);
    if (same < 0) both.push(moved);
    else both[same] = { ...both[same]!, end: moved.end };
  }
  return both;
}

/** The parts of the redactions between two offsets, counted from the first of these. */
function within(redactions: readonly Redaction[], from: number, to: number): Redaction[] {
  return redactions.flatMap((redaction) => {
    const start = Math.max(redaction.start, from) - from;
    const end = Math.min(redaction.end, to) - from;
    return start < end ? [{ ...redaction, start, end }] : [];
  });
}

const shifted = (words: readonly Word[], byMs: number): Word[] =>
  words.map((word) => ({ ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs }));
