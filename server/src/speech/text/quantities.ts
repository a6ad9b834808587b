import { figures } from './figures.ts';
import {
  below100,
  digitAt,
  isNumberWord,
  leavesRest,
  readNumber,
  readYear,
  scaleAt,
  shortEndingAt,
} from './number-words.ts';
import { asSpoken, type Piece, type Rule, type Sentence } from './spoken.ts';
import { isMoney, readUnit } from './units.ts';

interface Quantity {
  pieces: Piece[];
  end: number;
  /** A whole number without "trăm", "nghìn" …: a count that words may say. */
  small: number | null;
}

/** A number with its decimals: "hai phẩy năm" → "2,5", "một phẩy hai tỷ" → "1,2 tỷ". */
function readQuantity(words: Sentence, from: number): Quantity | null {
  const isZero = words[from]?.key === 'không';
  const whole = isZero ? { value: 0, end: from + 1, scale: 1 } : readNumber(words, from);
  if (!whole) return null;
  const text = figures(whole.value, whole.scale);
  const mark = words[whole.end]?.key;
  if (mark === 'phẩy' && text.length === 1) {
    const fraction = readFraction(words, whole.end + 1);
    if (fraction) return withScale(words, from, `${text[0]},${fraction.text}`, fraction.end);
  }
  if (mark === 'chấm' && words[whole.end + 1]?.key === 'không' && !isZero) {
    const end = whole.end + 2;
    return { pieces: [{ text: `${text[0]}.0`, from, to: end }], end, small: null };
  }
  if (leavesRest(words, whole)) return null;
  const small = whole.scale === 1 ? whole.value : null;
  if (text.length === 1) {
    return { pieces: [{ text: text[0], from, to: whole.end }], end: whole.end, small };
  }
  const pieces = [
    { text: text[0], from, to: whole.end - 1 },
    { text: text[1], from: whole.end - 1, to: whole.end },
  ];
  return { pieces, end: whole.end, small };
}

function withScale(words: Sentence, from: number, text: string, end: number): Quantity {
  const pieces = [{ text, from, to: end }];
  if (!scaleAt(words, end)) return { pieces, end, small: null };
  const scale = { text: words[end]!.key, from: end, to: end + 1 };
  return { pieces: [...pieces, scale], end: end + 1, small: null };
}

/** Digits behind "phẩy": one by one, or two of them as a number. */
function readFraction(words: Sentence, from: number): { text: string; end: number } | null {
  const two = below100(words, from);
  if (two && !isNumberWord(words, two.end)) return { text: String(two.value), end: two.end };
  let text = '';
  let end = from;
  for (;;) {
    const digit = digitAt(words, end) ?? (end > from ? shortEndingAt(words, end) : undefined);
    if (digit === undefined) break;
    // "hai phẩy năm năm qua": the last one is a year, unless a unit makes it a five.
    if (end > from && words[end]!.key === 'năm' && !isMeasured(words, end + 1)) break;
    if (end > from && words[end]!.key === 'không' && !isMeasured(words, end + 1)) break;
    text += digit;
    end += 1;
  }
  if (text === '' || ['mươi', 'trăm', 'chục'].includes(words[end]?.key ?? '')) return null;
  return { text, end };
}

function isMeasured(words: Sentence, index: number): boolean {
  return (
    digitAt(words, index) !== undefined ||
    scaleAt(words, index) !== undefined ||
    isPercent(words, index) ||
    isMoney(words, index) ||
    readUnit(words, index) !== null
  );
}

function isPercent(words: Sentence, index: number): boolean {
  return words[index]?.key === 'phần' && ['trăm', 'nghìn'].includes(words[index + 1]?.key ?? '');
}

const about = new Set('vài mấy hàng dăm đôi mươi'.split(' '));

/**
 * A number with what it counts: percentages, units as symbols, money, and bare numbers from ten
 * on. Counts under ten without any of these stay words.
 */
export const numberRule: Rule = (words, from) => {
  if (about.has(words[from - 1]?.key ?? '')) return null;
  if (words[from]?.key === 'trăm' && isPercent(words, from + 1)) {
    return [{ text: '100%', from, to: from + 3 }];
  }
  // "năm nghìn đồng một mét khối": what each costs.
  const isPerPiece = isMoney(words, from - 1) || scaleAt(words, from - 1) !== undefined;
  if (words[from]?.key === 'một' && isPerPiece) return null;
  const quantity = readQuantity(words, from);
  if (quantity) return measured(words, quantity);
  // "mỗi năm năm mươi người": the year before a number.
  if (words[from]?.key !== 'năm' || isNumberWord(words, from - 1)) return null;
  const rest = numberRule(words, from + 1);
  return rest && [...asSpoken(words, from, from + 1), ...rest];
};

function measured(words: Sentence, quantity: Quantity): Piece[] | null {
  const { pieces, end, small } = quantity;
  if (isPercent(words, end)) return withPercent(words, quantity);
  const isPoint = words[end]?.key === 'điểm' && isPercent(words, end + 1);
  if (isPoint) return [...pieces, ...asSpoken(words, end, end + 3)];
  const unit = readUnit(words, end);
  if (unit) return withUnit(words, quantity, unit);
  const isAmount = isMoney(words, end) && small !== 1;
  return small !== null && small < 10 && !isAmount ? null : pieces;
}

function withPercent(words: Sentence, { pieces, end }: Quantity): Piece[] {
  const sign = words[end + 1]!.key === 'trăm' ? '%' : '‰';
  const last = pieces.at(-1)!;
  return [...pieces.slice(0, -1), { ...last, text: last.text + sign, to: end + 2 }];
}

function withUnit(
  words: Sentence,
  { pieces, end, small }: Quantity,
  unit: { symbol: string; end: number },
): Piece[] {
  const symbol = { text: unit.symbol, from: end, to: unit.end };
  if (small === null) return [...pieces, symbol];
  const number = pieces[0]!;
  if (words[unit.end]?.key === 'rưỡi') {
    return [
      { ...number, text: `${number.text},5` },
      { ...symbol, to: unit.end + 1 },
    ];
  }
  const rest = unit.symbol === 'm' ? centimetres(words, unit.end) : null;
  if (!rest) return [...pieces, symbol];
  return [
    { ...number, text: `${number.text},${rest.text}` },
    { ...symbol, to: rest.end },
  ];
}

/** "một mét sáu" and "một mét sáu mươi lăm": what stands behind the metres is of them. */
function centimetres(words: Sentence, from: number): { text: string; end: number } | null {
  const two = below100(words, from);
  if (two && !isNumberWord(words, two.end)) return { text: String(two.value), end: two.end };
  const digit = digitAt(words, from) ?? shortEndingAt(words, from);
  const isLast = !isNumberWord(words, from + 1) && (words[from + 1]?.key ?? '') === '';
  return digit && isLast ? { text: String(digit), end: from + 1 } : null;
}

/** "từ năm đến bảy phần trăm": the unit of the second number makes figures of both. */
export const rangeRule: Rule = (words, from) => {
  const first = readNumber(words, from);
  if (!first || first.scale > 1 || first.value > 999 || words[first.end]?.key !== 'đến')
    return null;
  const second = readNumber(words, first.end + 1);
  const rest = second && numberRule(words, first.end + 1);
  if (!rest || about.has(words[from - 1]?.key ?? '')) return null;
  const head = [
    { text: String(first.value), from, to: first.end },
    ...asSpoken(words, first.end, first.end + 1),
  ];
  // "ba trăm đến năm trăm nghìn": the thousands are of both, and stay a word.
  const isShared = second.scale === 1e3 && second.value % 1000 === 0 && second.end > first.end + 2;
  if (!isShared || words[second.end - 1]!.key !== 'nghìn') return [...head, ...rest];
  return [
    ...head,
    { text: String(second.value / 1000), from: first.end + 1, to: second.end - 1 },
    { text: 'nghìn', from: second.end - 1, to: second.end },
  ];
};

const slashes = new Set('trên xuyệt xẹt xoẹt sẹc'.split(' '));
const afterYearWord = new Set('nay ngoái tới đến trước sau qua kia học'.split(' '));

/** "sáu mươi bốn trên sáu mươi chín" → "64/69", "hai phần ba" → "2/3", "45/2019" of a law. */
export const fractionRule: Rule = (words, from) => {
  const first = readNumber(words, from);
  if (!first || first.scale > 1e3) return null;
  if (words[first.end]?.key === 'phần') return partsOf(words, from, first);
  const isLong = words[first.end]?.key === 'gạch' && words[first.end + 1]?.key === 'chéo';
  if (!isLong && !slashes.has(words[first.end]?.key ?? '')) return null;
  const at = first.end + (isLong ? 2 : 1);
  const number = readNumber(words, at);
  const second = readYear(words, at) ?? (number && !leavesRest(words, number) ? number : null);
  if (!second) return null;
  return [{ text: `${first.value}/${second.value}`, from, to: second.end }];
};

/** "một phần ba" stays words: "một phần" is "partly" as well. */
function partsOf(words: Sentence, from: number, { value, end }: { value: number; end: number }) {
  if (value < 2 || value > 9) return null;
  const below = digitAt(words, end + 1) ?? shortEndingAt(words, end + 1);
  const after = end + 2;
  if (!below || below <= value || isNumberWord(words, after)) return null;
  if (below === 5 && afterYearWord.has(words[after]?.key ?? '')) return null;
  return [{ text: `${value}/${below}`, from, to: after }];
}
