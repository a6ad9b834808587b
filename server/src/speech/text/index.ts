import { realign, type Word } from '@nhip-cau/shared/model/transcript';
import { type EngineFinal, type EngineWord, sampleRate } from '../engine.ts';
import { Glossary, nameOfHall, type Term } from './glossary.ts';
import { officialNames } from './official-names.ts';
import { isShouted, isWritten, punctuate } from './punctuation.ts';
import type { SpokenWord } from './spoken.ts';
import { writtenForm } from './written-form.ts';

export { hotWords, type Term } from './glossary.ts';

/** What is read of an engine's final. */
export interface AdaptedLine {
  /** `words`, with spaces between them. */
  text: string;
  /** Times in ms from the final's start. */
  words: Word[];
  /** As the engine said it. */
  raw: string;
}

interface Vocabulary {
  ofDialogue: Glossary;
  /** With the names that every dialogue has, for text without capitals. */
  withOfficialNames: Glossary;
}

// A dialogue's terms are one array until somebody changes them: its index is built once for it.
const vocabularies = new WeakMap<readonly Term[], Vocabulary>();

function vocabularyOf(terms: readonly Term[]): Vocabulary {
  const known = vocabularies.get(terms);
  if (known) return known;
  const official = officialNames.map((term) => ({ term, soundsLike: [] }));
  const made = {
    ofDialogue: new Glossary(terms),
    withOfficialNames: new Glossary([...terms, ...official]),
  };
  vocabularies.set(terms, made);
  return made;
}

/** The terms of a dialogue together with the names of its halls, for `adapt`. */
export function termsWithHalls(terms: readonly Term[], hallNames: readonly string[]): Term[] {
  const names = new Set(hallNames.map(nameOfHall).filter((name) => /^\D+ \D+$/u.test(name)));
  return [...terms, ...[...names].map((term) => ({ term, soundsLike: [] }))];
}

/**
 * What people read of an engine's final: the glossary's names in the place of what sounds like
 * them, numbers as official text writes them, and, where the engine gives neither, capitals and
 * punctuation. Without word times the words share the final's time by their length. Pass the same
 * array of terms as long as they are the same.
 */
export function adapt(final: EngineFinal, { terms }: { terms: readonly Term[] }): AdaptedLine {
  const heard = spokenWords(final);
  const texts = heard.map(({ text }) => text);
  const isPlain = !isWritten(texts);
  const { ofDialogue, withOfficialNames } = vocabularyOf(terms);
  const words = isShouted(texts)
    ? heard.map((word) => ({ ...word, text: word.text.toLowerCase() }))
    : heard;
  const named = (isPlain ? withOfficialNames : ofDialogue).correct(words);
  const written = writtenForm(named);
  const line = isPlain ? punctuate(written) : written;
  return {
    text: line.map(({ text }) => text).join(' '),
    words: line.map(({ text, start, end, confidence }) => ({
      text,
      startMs: Math.round(start),
      endMs: Math.round(end),
      confidence,
    })),
    raw: final.text,
  };
}

/** The final's words in ms from its start. */
function spokenWords(final: EngineFinal): SpokenWord[] {
  const texts = split(final.text);
  if (!final.words || final.words.length === 0) return spread(texts, final);
  const toMs = (position: number) => (Math.max(0, position - final.start) / sampleRate) * 1000;
  const words = final.words.flatMap(parts).map(({ text, start, end, confidence }) => ({
    text,
    startMs: toMs(start),
    endMs: toMs(end),
    confidence,
  }));
  // Some engines write marks and capitals into the text only.
  const timed = isWritten(texts) ? realign(words, final.text, 'engine') : words;
  return timed.map(({ text, startMs, endMs, confidence }) => ({
    text,
    start: startMs,
    end: endMs,
    confidence,
  }));
}

/** A word that an engine gives with spaces in it, as several. */
function parts(word: EngineWord): EngineWord[] {
  const texts = split(word.text);
  if (texts.length === 1) return [{ ...word, text: texts[0]! }];
  const length = (word.end - word.start) / texts.length;
  return texts.map((text, index) => ({
    ...word,
    text,
    start: word.start + length * index,
    end: word.start + length * (index + 1),
  }));
}

function split(text: string): string[] {
  return text.normalize('NFC').split(/\s+/u).filter(Boolean);
}

function spread(texts: readonly string[], { start, end, confidence }: EngineFinal): SpokenWord[] {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  const duration = ((end - start) / sampleRate) * 1000;
  let before = 0;
  return texts.map((text) => {
    const from = (before / total) * duration;
    before += text.length;
    return { text, start: from, end: (before / total) * duration, confidence };
  });
}
