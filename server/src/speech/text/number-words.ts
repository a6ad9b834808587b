import type { Sentence } from './spoken.ts';

/** A whole number read from words. */
export interface SpokenNumber {
  value: number;
  /** Index behind its last word. */
  end: number;
  /** The largest scale that was said: 1e9 "tỷ", 1e6 "triệu", 1e4 "vạn", 1e3 "nghìn", or 1. */
  scale: number;
}

const digits: ReadonlyMap<string, number> = new Map(
  ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'].map((word, value) => [
    word,
    value,
  ]),
);

// Behind tens one, four and five are "mốt", "tư", "lăm"; "năm" is a year there, "một" a person.
const endings: ReadonlyMap<string, number> = new Map([
  ...[...digits].filter(([word]) => !['không', 'một', 'năm'].includes(word)),
  ['mốt', 1],
  ['tư', 4],
  ['lăm', 5],
]);
const shortEndings: ReadonlyMap<string, number> = new Map([
  ['mốt', 1],
  ['tư', 4],
  ['lăm', 5],
]);

const scales: ReadonlyMap<string, number> = new Map([
  ['tỷ', 1e9],
  ['triệu', 1e6],
  ['vạn', 1e4],
  ['nghìn', 1e3],
]);

// "tỷ lệ" is no number of billions, "triệu tập" none of millions, "tư vấn" no four.
const notBefore: Record<string, readonly string[]> = {
  tỷ: ['lệ', 'trọng', 'suất', 'số', 'giá', 'phú', 'muội'],
  triệu: ['tập', 'hồi', 'chứng', 'phú'],
  vạn: ['sự', 'vật', 'an', 'phúc', 'xuân', 'tuế', 'bất', 'điểm', 'thắng'],
  tư: [
    'vấn',
    'pháp',
    'cách',
    'liệu',
    'tưởng',
    'duy',
    'thục',
    'lợi',
    'thế',
    'gia',
    'bản',
    'doanh',
    'lệnh',
    'tình',
  ],
};
const peopleOfNhân = ['viên', 'khẩu', 'công', 'sự', 'lực'];

/** The key at `index`, or '' where another word makes it a part of something else. */
function wordAt(words: Sentence, index: number): string {
  const key = words[index]?.key ?? '';
  const next = words[index + 1]?.key ?? '';
  if (notBefore[key]?.includes(next)) return '';
  if (key === 'tư' && next === 'nhân') {
    return peopleOfNhân.includes(words[index + 2]?.key ?? '') ? key : '';
  }
  return key;
}

/** 0…9 of a single digit word; undefined where it is none. */
export function digitAt(words: Sentence, index: number): number | undefined {
  return digits.get(words[index]?.key ?? '');
}

/** 1, 4 or 5 of "mốt", "tư", "lăm": digits only behind others. */
export function shortEndingAt(words: Sentence, index: number): number | undefined {
  return shortEndings.get(wordAt(words, index));
}

/** 1000 … 1e9 of "nghìn", "vạn", "triệu", "tỷ". */
export function scaleAt(words: Sentence, index: number): number | undefined {
  return scales.get(wordAt(words, index));
}

const others = ['mười', 'mươi', 'trăm', 'chục', 'linh', 'rưỡi', 'mốt', 'lăm'];

/** Whether the word there can be a part of a number, whatever it means here. */
export function isNumberWord(words: Sentence, index: number): boolean {
  const key = wordAt(words, index);
  return digits.has(key) || scales.has(key) || others.includes(key);
}

interface Group {
  value: number;
  end: number;
  /** Said so that its place is sure: "không trăm linh hai", "linh hai". */
  isPlaced?: boolean;
  /** A digit alone: behind a scale it is short for the next lower one ("hai tỷ ba"). */
  isSingle?: boolean;
}

/** 10…99: "mười lăm", "hai mươi mốt", "ba chục", and short "hai mốt", "ba lăm". */
export function below100(words: Sentence, from: number): Group | null {
  if (wordAt(words, from) === 'mười') {
    const next = wordAt(words, from + 1);
    const unit = next === 'một' ? 1 : endings.get(next);
    if (unit === undefined || next === 'mốt' || opensNumber(words, from + 1)) {
      return { value: 10, end: from + 1 };
    }
    return { value: 10 + unit, end: from + 2 };
  }
  const ten = digits.get(wordAt(words, from));
  if (!ten) return null;
  const next = wordAt(words, from + 1);
  if (next === 'chục') return { value: ten * 10, end: from + 2 };
  if (ten === 1) return null;
  if (next === 'mươi') {
    const unit = endings.get(wordAt(words, from + 2));
    if (unit === undefined || opensNumber(words, from + 2)) {
      return { value: ten * 10, end: from + 2 };
    }
    return { value: ten * 10 + unit, end: from + 3 };
  }
  const short = shortEndings.get(next);
  // "ba tư" is Persia as well.
  if (short === undefined || (ten === 3 && short === 4)) return null;
  return { value: ten * 10 + short, end: from + 2 };
}

/** "hai" of "mười hai trăm" belongs to what follows. */
function opensNumber(words: Sentence, index: number): boolean {
  return ['mươi', 'trăm', 'chục'].includes(wordAt(words, index + 1));
}

function below1000(words: Sentence, from: number, isInner: boolean): Group | null {
  const first = wordAt(words, from);
  if (isInner && first === 'linh') {
    const unit = afterLinh(words, from + 1);
    return unit === undefined ? null : { value: unit, end: from + 2, isPlaced: true };
  }
  const digit = digits.get(first);
  if (digit !== undefined && wordAt(words, from + 1) === 'trăm') {
    if (digit === 0 && !isInner) return null;
    return { ...hundreds(words, digit, from + 2), ...(digit === 0 ? { isPlaced: true } : {}) };
  }
  const two = below100(words, from);
  if (two) return two;
  if (digit === undefined) return null;
  const isScaled = scales.has(wordAt(words, from + 1));
  if (digit === 0) return isInner && isScaled ? { value: 0, end: from + 1 } : null;
  return { value: digit, end: from + 1, isSingle: true };
}

function hundreds(words: Sentence, digit: number, from: number): Group {
  const value = digit * 100;
  const next = wordAt(words, from);
  if (next === 'linh') {
    const unit = afterLinh(words, from + 1);
    if (unit !== undefined) return { value: value + unit, end: from + 2 };
  }
  if (next === 'rưỡi' && digit > 0) return { value: value + 50, end: from + 1 };
  const two = below100(words, from);
  if (two && wordAt(words, two.end) !== 'trăm') return { value: value + two.value, end: two.end };
  const short = shortEndings.get(next);
  if (short !== undefined && digit > 0) return { value: value + short * 10, end: from + 1 };
  // "không trăm hai sáu": the year 2026 as it is mostly said.
  const ten = digits.get(next) ?? 0;
  const unit = endings.get(wordAt(words, from + 1));
  if (ten > 1 && unit !== undefined && !isNumberWord(words, from + 2)) {
    return { value: value + ten * 10 + unit, end: from + 2 };
  }
  return { value, end: from };
}

function afterLinh(words: Sentence, index: number): number | undefined {
  const digit = digits.get(wordAt(words, index)) ?? endings.get(wordAt(words, index));
  return digit === 0 ? undefined : digit;
}

/**
 * The longest whole number from `from` on, below 10^15. "năm" behind tens, hundreds and scales is
 * a year, where nothing makes it a five. What is left of a run of number words is the caller's to
 * judge: see `leavesRest`.
 */
export function readNumber(words: Sentence, from: number): SpokenNumber | null {
  const head = readBelowBillion(words, from, { isInner: false, scale: Infinity });
  if (!head) return null;
  if (wordAt(words, head.end) !== 'tỷ' || head.scale > 1e3) return head;
  const value = head.value * 1e9;
  const end = head.end + 1;
  if (wordAt(words, end) === 'rưỡi') return { value: value + 5e8, end: end + 1, scale: 1e9 };
  const rest = readBelowBillion(words, end, { isInner: true, scale: 1e9 });
  return rest
    ? { value: value + rest.value, end: rest.end, scale: 1e9 }
    : { value, end, scale: 1e9 };
}

function readBelowBillion(
  words: Sentence,
  from: number,
  start: { isInner: boolean; scale: number },
): SpokenNumber | null {
  let { isInner, scale: above } = start;
  let value = 0;
  let end = from;
  let largest = 1;
  for (;;) {
    const group = below1000(words, end, isInner);
    if (!group) break;
    const scale = scales.get(wordAt(words, group.end));
    if (scale && scale < above && scale < 1e9) {
      value += group.value * scale;
      end = group.end + 1;
      largest = Math.max(largest, scale);
      above = scale;
      isInner = true;
      if (wordAt(words, end) !== 'rưỡi') continue;
      value += scale / 2;
      end += 1;
      break;
    }
    const units = asUnits(words, group, end, above);
    if (units === null) break;
    value += units;
    end = group.end;
    break;
  }
  return end === from ? null : { value, end, scale: largest };
}

/** What the last group without a scale is worth behind `above`; null: it is no part of this. */
function asUnits(words: Sentence, group: Group, from: number, above: number): number | null {
  if (above === Infinity || group.isPlaced) return group.value;
  if (group.isSingle) return isShort(words, from) ? (group.value * above) / 10 : null;
  if (above === 1e3) return group.value;
  return group.value >= 100 ? (group.value * above) / 1000 : null;
}

const closers = new Set(
  'đồng cho là thì mà để rồi và với của nhưng trong từ đến vào ạ nhé thôi nữa như'.split(' '),
);

/** "hai tỷ ba" is 2,3 tỷ, but "ba triệu một tháng" tells what a month costs. */
function isShort(words: Sentence, index: number): boolean {
  const next = words[index + 1]?.key ?? '';
  if (words[index]?.key === 'năm') return next === 'đồng';
  return next === '' || closers.has(next);
}

/**
 * Whether number words are left behind a number that make its reading doubtful: "hai" of
 * "mười hai hai". A year ("mười năm"), a question ("được hai mươi không?") and a price per piece
 * ("ba triệu một tháng") are none.
 */
export function leavesRest(words: Sentence, { end, scale }: SpokenNumber): boolean {
  if (!isNumberWord(words, end)) return ['mấy', 'vài'].includes(words[end]?.key ?? '');
  const key = words[end]!.key;
  if (key === 'một' && scale >= 1e3) {
    return isNumberWord(words, end + 1) && words[end + 1]!.key !== 'năm';
  }
  if (key === 'năm') return isNumberWord(words, end + 1) && !readYear(words, end + 1);
  return key !== 'không' || isNumberWord(words, end + 1);
}

/** 1900…2099 in words or as four digits ("hai không hai sáu"), with the index behind it. */
export function readYear(words: Sentence, from: number): { value: number; end: number } | null {
  const number = readNumber(words, from);
  if (number && number.scale === 1e3 && isYear(number.value) && !leavesRest(words, number)) {
    return number;
  }
  let value = 0;
  for (let index = from; index < from + 4; index++) {
    const digit = digitAt(words, index) ?? (index > from + 1 ? shortEndingAt(words, index) : null);
    if (digit === undefined || digit === null) return null;
    value = value * 10 + digit;
  }
  const isOver = !isNumberWord(words, from + 4) || words[from + 4]!.key === 'không';
  return isYear(value) && isOver ? { value, end: from + 4 } : null;
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1900 && value < 2100;
}

/** Index behind the run of number words that starts at `from`. */
export function runEnd(words: Sentence, from: number): number {
  let end = from;
  while (isNumberWord(words, end)) end += 1;
  return end;
}
