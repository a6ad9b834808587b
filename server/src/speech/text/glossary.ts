import type { SpokenWord } from './spoken.ts';
import { spelling, type SyllableKey, syllableKey } from './syllable-key.ts';

/** A name or a word of the dialogue as it has to be written, and what else it is heard as. */
export interface Term {
  readonly term: string;
  readonly soundsLike: readonly string[];
}

/** Which of a term's ways a phrase matches; the closer, the less else has to speak for it. */
type Match = 'same' | 'near' | 'far';

interface Entry {
  /** As it is written: may have another number of words than what is heard. */
  written: readonly string[];
  /** In one spelling, for comparison only. */
  heard: readonly string[];
  keys: readonly SyllableKey[];
  /** `soundsLike` is said by a person to mean the term: it needs no further likeness. */
  isAlias: boolean;
}

/** Above this a recogniser is sure of its words: they stay, unless they are the term's own. */
const sureConfidence = 0.9;
/** Below this it is not, and tones may be wrong too. */
const unsureConfidence = 0.6;

const edges = /^[("“‘[]*|[)"”’\],.;:!?…]*$/gu;
const endMarks = /[)"”’\],.;:!?…]+$/u;

/**
 * The terms of a dialogue, found again in what was heard: longest first, whole words only, never
 * across a mark. Looks at the entries of one first syllable, so that thousands of terms cost
 * little more than ten. Pure; build it once for a set of terms.
 */
export class Glossary {
  private readonly entries = new Map<string, Entry[]>();

  constructor(terms: readonly Term[]) {
    for (const { term, soundsLike } of terms) {
      const written = split(term);
      if (written.length === 0) continue;
      this.add(written, written, false);
      for (const alias of soundsLike) this.add(written, split(alias), true);
    }
    for (const list of this.entries.values()) {
      list.sort((a, b) => b.heard.length - a.heard.length);
    }
  }

  private add(written: readonly string[], words: readonly string[], isAlias: boolean): void {
    if (words.length === 0) return;
    const heard = words.map(spelling);
    const keys = words.map(syllableKey);
    const list = this.entries.get(keys[0]!.far) ?? [];
    if (!list.some((entry) => entry.heard.join(' ') === heard.join(' '))) {
      list.push({ written, heard, keys, isAlias });
    }
    this.entries.set(keys[0]!.far, list);
  }

  /**
   * Words with the terms in the place of what sounds like them. A replaced phrase keeps its time
   * and its least confidence; the words of a term are marked as such.
   */
  correct(words: readonly SpokenWord[]): SpokenWord[] {
    const bare = words.map(({ text }) => text.normalize('NFC').replace(edges, ''));
    const heard = bare.map(spelling);
    const keys = bare.map(syllableKey);
    const corrected: SpokenWord[] = [];
    for (let index = 0; index < words.length;) {
      const entry = this.find(words, heard, keys, index);
      const length = entry?.heard.length ?? 1;
      const phrase = words.slice(index, index + length);
      corrected.push(...(entry ? replaced(phrase, entry.written) : phrase));
      index += length;
    }
    return corrected;
  }

  private find(
    words: readonly SpokenWord[],
    heard: readonly string[],
    keys: readonly SyllableKey[],
    from: number,
  ): Entry | undefined {
    const candidates = (this.entries.get(keys[from]!.far) ?? []).filter(({ heard: { length } }) =>
      isPhrase(words, from, length),
    );
    const matches = (entry: Entry, match: Match) =>
      likeness(entry, heard, keys, from) === match &&
      speaksFor(entry, words.slice(from, from + entry.heard.length), match, heard, from);
    // Its own words before a longer term that only sounds like them.
    for (const match of ['same', 'near', 'far'] as const) {
      const found = candidates.find((entry) => matches(entry, match));
      if (found) return found;
    }
    return undefined;
  }
}

function split(text: string): string[] {
  return text.normalize('NFC').trim().split(/\s+/u).filter(Boolean);
}

/** Whether so many words stand there without a mark between them. */
function isPhrase(words: readonly SpokenWord[], from: number, length: number): boolean {
  if (from + length > words.length) return false;
  return words.slice(from, from + length - 1).every(({ text }) => !endMarks.test(text));
}

function likeness(
  { heard: term, keys: termKeys }: Entry,
  heard: readonly string[],
  keys: readonly SyllableKey[],
  from: number,
): Match | null {
  let match: Match = 'same';
  for (let offset = 0; offset < term.length; offset++) {
    if (term[offset] === heard[from + offset]) continue;
    const key = keys[from + offset]!;
    if (termKeys[offset]!.far !== key.far) return null;
    match = match === 'far' || termKeys[offset]!.near !== key.near ? 'far' : 'near';
  }
  return match;
}

/** Whether there is reason enough to take the phrase for the term. */
function speaksFor(
  { written, heard: term, isAlias }: Entry,
  phrase: readonly SpokenWord[],
  match: Match,
  heard: readonly string[],
  from: number,
): boolean {
  const { length } = term;
  if (match === 'same') {
    // "Sen" as a name must not make a name of every lotus.
    return isAlias || length > 1 || /\p{Lu}/u.test(written[0]!.slice(1));
  }
  const confidence = leastConfidence(phrase);
  if (length === 1) return match === 'near' && confidence !== null && confidence < 0.5;
  const isLong = length > 2;
  if (match === 'far') return confidence === null ? isLong : confidence < unsureConfidence;
  if (confidence !== null && confidence >= sureConfidence) return false;
  return isLong || term.some((word, offset) => word === heard[from + offset]);
}

function leastConfidence(words: readonly SpokenWord[]): number | null {
  const known = words.map(({ confidence }) => confidence).filter((value) => value !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function replaced(phrase: readonly SpokenWord[], written: readonly string[]): SpokenWord[] {
  const after = endMarks.exec(phrase.at(-1)!.text)?.[0] ?? '';
  const isSameLength = phrase.length === written.length;
  const first = phrase[0]!;
  const duration = phrase.at(-1)!.end - first.start;
  return written.map((text, index): SpokenWord => {
    // "Nông thôn mới" at a sentence's start keeps its capital.
    const isRaised = index === 0 && /^\p{Lu}/u.test(first.text);
    const cased = isRaised ? text[0]!.toUpperCase() + text.slice(1) : text;
    const marked = index === written.length - 1 ? cased + after : cased;
    if (isSameLength) return { ...phrase[index]!, text: marked, isTerm: true };
    const at = (share: number) => Math.round(first.start + (duration * share) / written.length);
    return {
      text: marked,
      start: at(index),
      end: at(index + 1),
      confidence: leastConfidence(phrase),
      isTerm: true,
    };
  });
}

const hallPrefix = /^điểm cầu\s+\d+\s*[–—-]\s*/iu;

/**
 * Words to tell an engine beforehand: the terms, and the names of halls without what all of them
 * have ("Điểm cầu 07 – Ba Đình" → "Ba Đình"). At least two words each, for a single one draws in
 * what only sounds like it; each once, in the order given.
 */
export function hotWords(terms: readonly Term[], wardNames: readonly string[]): string[] {
  const names = [...terms.map(({ term }) => term), ...wardNames.map(nameOfHall)];
  return [...new Set(names.map((name) => split(name).join(' ')))].filter(
    (name) => name.includes(' ') && !/\d/.test(name),
  );
}

/** "Điểm cầu 07 – Ba Đình" → "Ba Đình". */
export function nameOfHall(name: string): string {
  return name.normalize('NFC').replace(hallPrefix, '').trim();
}
