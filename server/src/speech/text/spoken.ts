/** A word as an engine heard it; `start` and `end` in any one unit, the same for all. */
export interface SpokenWord {
  text: string;
  start: number;
  end: number;
  /** 0…1; null: the engine does not say. */
  confidence: number | null;
  /** A term of the glossary: its words are no numbers ("hai" of "Hai Bà Trưng"). */
  isTerm?: true;
}

/** A word apart from its marks, so that rules see words and never read across a mark. */
export interface Syllable {
  /** Lower case, NFC, one spelling for each number word; empty for a mark or a term. */
  key: string;
  text: string;
  /** Marks that follow it: "." of "rồi.". */
  after: string;
  word: SpokenWord;
}

/** Syllables; marks stand between them as entries with an empty key. */
export type Sentence = readonly Syllable[];

const marks = /^([("“‘[]*)(.*?)([)"”’\],.;:!?…]*)$/su;

// One spelling for each word that rules look for; a recogniser writes either.
const spellings: Record<string, string> = {
  ngàn: 'nghìn',
  tỉ: 'tỷ',
  bẩy: 'bảy',
  lẻ: 'linh',
  rưởi: 'rưỡi',
  mồng: 'mùng',
  nhăm: 'lăm',
  tới: 'đến',
  kì: 'kỳ',
  khoá: 'khóa',
  quí: 'quý',
  luỹ: 'lũy',
};

/**
 * Words as rules read them. A mark after a word becomes an entry of its own, whose key is a mark
 * and no word: no rule matches across it.
 */
export function toSentence(words: readonly SpokenWord[]): Syllable[] {
  return words.flatMap((word) => {
    const [, before = '', core = '', after = ''] = marks.exec(word.text.normalize('NFC')) ?? [];
    const lower = core.toLowerCase();
    const key = word.isTerm || before ? `\u0000${lower}` : (spellings[lower] ?? lower);
    const syllable = { key, text: before + core, after, word };
    return after
      ? [
          { ...syllable, after: '' },
          { key: '', text: '', after, word },
        ]
      : [syllable];
  });
}

/** What a rule makes of the syllables `from` … `to` (exclusive). */
export interface Piece {
  text: string;
  from: number;
  to: number;
}

/** A reading of the words from `from` on; null: not this rule's. Pieces follow one another. */
export type Rule = (words: Sentence, from: number) => Piece[] | null;

/** The words as they were. */
export function asSpoken(words: Sentence, from: number, to: number): Piece[] {
  return words
    .slice(from, to)
    .map(({ text }, offset) => ({ text, from: from + offset, to: from + offset + 1 }));
}

/** One word in the place of several: their time from first to last, their least confidence. */
export function merged(text: string, parts: readonly Syllable[]): SpokenWord {
  const first = parts[0]!.word;
  const known = parts.map(({ word }) => word.confidence).filter((value) => value !== null);
  return {
    text,
    start: first.start,
    end: parts.at(-1)!.word.end,
    confidence: known.length > 0 ? Math.min(...known) : null,
    ...(parts.length === 1 && first.isTerm ? { isTerm: true } : {}),
  };
}
