import { bareYearRule, clockRule, dateRule, termRule, yearRule } from './dates.ts';
import { digitStringRule, labelRule, ordinalRule } from './labels.ts';
import { fractionRule, numberRule, rangeRule } from './quantities.ts';
import { isNumberWord, runEnd } from './number-words.ts';
import {
  asSpoken,
  merged,
  type Piece,
  type Rule,
  type Sentence,
  type SpokenWord,
  type Syllable,
  toSentence,
} from './spoken.ts';

// The first that reads wins: what has a context before what is a bare number.
const rules: readonly Rule[] = [
  dateRule,
  termRule,
  clockRule,
  yearRule,
  bareYearRule,
  ordinalRule,
  digitStringRule,
  labelRule,
  rangeRule,
  fractionRule,
  numberRule,
];

/**
 * Spoken Vietnamese numbers as official text writes them: "hai tỷ ba trăm triệu đồng" → "2,3 tỷ
 * đồng", "ngày ba tháng hai" → "ngày 03 tháng 02". Conservative: what is not surely a number, and
 * small counts ("hai bên", "ba mẹ"), stay words. A word that stands for several lasts from the
 * first to the last of them and has the least of their confidences.
 */
export function writtenForm(spoken: readonly SpokenWord[]): SpokenWord[] {
  const words = toSentence(spoken);
  const written: SpokenWord[] = [];
  for (let index = 0; index < words.length;) {
    const pieces = read(words, index);
    for (const { text, from, to } of pieces) {
      if (words[from]!.key === '') attachMark(written, words[from]!);
      else written.push(merged(text, words.slice(from, to)));
    }
    index = pieces.at(-1)!.to;
  }
  return written;
}

function read(words: Sentence, from: number): Piece[] {
  for (const rule of rules) {
    const pieces = rule(words, from);
    if (pieces) return keepCapital(words[from]!, pieces);
  }
  // A run that no rule reads stays as it is, whole: half of it in figures would be wrong.
  const isKept = isNumberWord(words, from) && words[from]!.key !== 'không';
  return asSpoken(words, from, isKept ? runEnd(words, from) : from + 1);
}

/** "Ngày" at a sentence's start stays so, whatever a rule calls it. */
function keepCapital({ text }: Syllable, [first, ...rest]: Piece[]): Piece[] {
  const isCapital = text[0] !== text[0]?.toLowerCase();
  const head = first!.text;
  return [
    isCapital ? { ...first!, text: head[0]!.toUpperCase() + head.slice(1) } : first!,
    ...rest,
  ];
}

function attachMark(written: SpokenWord[], mark: Syllable): void {
  const last = written.at(-1);
  if (last) written[written.length - 1] = { ...last, text: last.text + mark.after };
}
