import type { TransitionTable } from './transitions.ts';

/** One word of a line with its time, in ms from the line's `at`. */
export interface Word {
  text: string;
  startMs: number;
  endMs: number;
  /** 0 … 1, as the engine says; `null`: it does not say, or a person wrote the word. */
  confidence: number | null;
}

/** Where a line was heard: a piece of a run's sound, in ms from the run's beginning. */
export interface LineAudio {
  runId: string;
  startMs: number;
  endMs: number;
}

/** A part of a line's text that is not published; offsets in UTF-16 units, `end` not included. */
export interface Redaction {
  id: string;
  start: number;
  end: number;
  reason: string;
}

/** A word that the engine is told to expect, and what it is heard as. */
export interface GlossaryTerm {
  term: string;
  soundsLike: string[];
}

/** What a stenographer types for what stands in the text. */
export interface Abbreviation {
  short: string;
  long: string;
}

/** `typed`: by a person, as it was said. */
export const lineSources = ['typed', 'engine'] as const;

export type LineSource = (typeof lineSources)[number];

/**
 * `draft`: it is corrected. `corrected`: it is to be read once more and certified. `certified`: it
 * stands as it is; what is to be changed is changed in the version that follows.
 */
export const transcriptStates = ['draft', 'corrected', 'certified'] as const;

export type TranscriptState = (typeof transcriptStates)[number];
export type TranscriptEvent = 'edit' | 'finish' | 'reopen' | 'certify' | 'supersede';

export const transcriptTransitions: TransitionTable<TranscriptState, TranscriptEvent> = {
  draft: { edit: 'draft', finish: 'corrected' },
  corrected: { reopen: 'draft', certify: 'certified' },
  certified: { supersede: 'draft' },
};

/** The track of what was said; others hold its translations, by their language (BCP 47). */
export const spokenTrack = 'vi';

/** A word of which the engine is less sure is to be listened to. */
export const lowConfidence = 0.6;

/** Longest line, in UTF-16 units. */
export const maxLineLength = 4_000;

/** Lines that one replacement may change. */
export const maxReplaced = 500;

/** Terms, and abbreviations, that one dialogue's vocabulary may have. */
export const maxVocabulary = 2_000;

/** What the texts of one command may have together, in UTF-16 units: a message holds no more. */
export const maxTextLength = 400_000;

/** Whether one command may not have so much text. */
export const isTooLong = (texts: readonly string[]): boolean =>
  texts.reduce((sum, { length }) => sum + length, 0) > maxTextLength;

/** All that is written in a vocabulary. */
export const textsOf = (vocabulary: {
  terms: readonly GlossaryTerm[];
  abbreviations: readonly Abbreviation[];
}): string[] => [
  ...vocabulary.terms.flatMap(({ term, soundsLike }) => [term, ...soundsLike]),
  ...vocabulary.abbreviations.flatMap(({ short, long }) => [short, long]),
];

/** What stands where something is not published, however long it was. */
export const redactionMark = '███';

/** Whether the engine was unsure of the word. */
export const isLow = ({ confidence }: Pick<Word, 'confidence'>) =>
  confidence !== null && confidence < lowConfidence;

/** The words of a text, as it is written. */
export const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/**
 * The words of `text` with the times of those of `words` that stayed (the longest common
 * subsequence, whatever their case and punctuation). The others share the time between their
 * neighbours by their length. A word that a person wrote has no confidence; one that `engine`
 * wrote, as a number in figures, has the least of those that it stands for.
 */
export function realign(
  words: readonly Word[],
  text: string,
  writer: 'person' | 'engine' = 'person',
): Word[] {
  const written = wordsOf(text);
  if (words.length === written.length && words.every((word, at) => word.text === written[at])) {
    return [...words];
  }
  const kept = commonWords(
    words.map((word) => word.text),
    written,
  );
  const aligned: Word[] = [];
  let old = 0;
  let at = 0;
  for (const [keptOld, keptNew] of [...kept, [words.length, written.length] as const]) {
    const replaced = words.slice(old, keptOld);
    const startMs = replaced[0]?.startMs ?? aligned.at(-1)?.endMs ?? words[keptOld]?.startMs ?? 0;
    const endMs = replaced.at(-1)?.endMs ?? words[keptOld]?.startMs ?? startMs;
    const confidence = writer === 'engine' ? leastOf(replaced) : null;
    aligned.push(...spread(written.slice(at, keptNew), startMs, endMs, confidence));
    const word = words[keptOld];
    if (word) aligned.push({ ...word, text: written[keptNew]! });
    old = keptOld + 1;
    at = keptNew + 1;
  }
  return aligned;
}

/**
 * Where a part of a text is after the text was changed: from the last word before it that stayed to
 * the first one behind it, so that what was hidden stays hidden. `null`: nothing of it is left.
 */
export function followRange(
  before: string,
  after: string,
  range: { start: number; end: number },
): { start: number; end: number } | null {
  if (before === after) return { start: range.start, end: range.end };
  const [olds, news] = [placesOf(before), placesOf(after)];
  const kept = commonWords(
    olds.map(({ text }) => text),
    news.map(({ text }) => text),
  ).filter(([old, at]) => olds[old]!.text === news[at]!.text);
  let start = 0;
  let end = after.length;
  for (const [old, at] of kept) {
    if (olds[old]!.end <= range.start) start = news[at]!.end;
    if (olds[old]!.start >= range.end) {
      end = news[at]!.start;
      break;
    }
  }
  while (start < end && /\s/.test(after[start]!)) start += 1;
  while (end > start && /\s/.test(after[end - 1]!)) end -= 1;
  return start < end ? { start, end } : null;
}

/** The text as those read it who may not see what was taken out. */
export function withoutRedacted(text: string, redactions: readonly Redaction[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of redactions.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    // What overlaps or touches the one before is hidden by the same mark.
    if (start > at || at === 0) shown += text.slice(at, Math.max(start, at)) + redactionMark;
    at = end;
  }
  return shown + text.slice(at);
}

/**
 * Order of the lines: by when they began, then by when they came; for `sort`. What is heard late
 * stands where it was said.
 */
export function inTime(
  a: { at: number; position: number },
  b: { at: number; position: number },
): number {
  return a.at - b.at || a.position - b.position;
}

/** The index pairs of the longest common subsequence of two lists of words, in order. */
function commonWords(
  olds: readonly string[],
  news: readonly string[],
): (readonly [old: number, at: number])[] {
  const [left, right] = [olds.map(plain), news.map(plain)];
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        left[i] === right[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

/** A word without its case and the punctuation around it; punctuation alone stays what it is. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || word;
}

function spread(
  written: readonly string[],
  startMs: number,
  endMs: number,
  confidence: number | null,
): Word[] {
  const total = written.reduce((sum, text) => sum + text.length, 0);
  let before = 0;
  const timeAt = () => startMs + Math.round(((endMs - startMs) * before) / total);
  return written.map((text) => {
    const from = timeAt();
    before += text.length;
    return { text, startMs: from, endMs: timeAt(), confidence };
  });
}

function leastOf(words: readonly Word[]): number | null {
  const told = words.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  return told.length > 0 ? Math.min(...told) : null;
}

function placesOf(text: string): { text: string; start: number; end: number }[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
}
