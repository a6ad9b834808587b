import { dotted, roman } from './figures.ts';
import {
  below100,
  digitAt,
  isNumberWord,
  leavesRest,
  readNumber,
  shortEndingAt,
} from './number-words.ts';
import { asSpoken, type Piece, type Rule, type Sentence } from './spoken.ts';
import { isMoney, readUnit } from './units.ts';

interface Label {
  /** Articles of a law, and districts that are called by a number, have a capital. */
  isCapital?: true;
  isRoman?: true;
  /** What may follow a number under ten, where another word would make it a count; or anything. */
  closers: ReadonlySet<string> | null;
}

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const ofLaw = setOf('khoản điểm điều mục chương của luật nghị thông quyết bộ quy hiến pháp');
const anywhere = setOf(
  `khoản điểm điều của luật nghị thông quyết và thì là có được bị trong tại ở quy này đó đã đang
   sẽ năm ngày phường xã quận huyện đường ngõ ngách tổ về cho với từ đến cũng chưa phải nên cần
   theo thành hiện vừa mới lần kèm như ạ hoặc hay nhưng do vì để khi nếu mà rồi nữa thôi gồm qua`,
);
const ofQuarter = setOf('năm này của và sẽ đã đến sang vừa trở thì là');

const labels: ReadonlyMap<string, Label> = new Map<string, Label>([
  ['điều', { isCapital: true, closers: ofLaw }],
  ['khoản', { closers: ofLaw }],
  ['chương', { isCapital: true, isRoman: true, closers: ofLaw }],
  ['mục', { closers: ofLaw }],
  ['quý', { isRoman: true, closers: ofQuarter }],
  ['khóa', { isRoman: true, closers: anywhere }],
  ['quận', { isCapital: true, closers: anywhere }],
  ['phường', { isCapital: true, closers: anywhere }],
  ...[
    ...'tổ ngõ ngách hẻm lớp tầng phòng tuyến lô trang đợt thôn xóm khu cụm thửa số'.split(' '),
    ...['giai đoạn', 'điểm cầu', 'dân phố'],
  ].map((label): [string, Label] => [label, { closers: anywhere }]),
  ...['vành đai', 'quốc lộ', 'tỉnh lộ'].map((label): [string, Label] => [label, { closers: null }]),
]);

// "một số", "con số", "dân số" count or name something; they number nothing.
const noNumberBefore = setOf(
  'một đa vô thiểu tổng con dân trị chỉ tỷ hệ ẩn nhân tham kỹ cây doanh',
);
const lengths = setOf('ngày tháng tuần buổi người hộ lần');

/** Words that call a thing by its number: "Điều mười hai", "tổ bảy", "quý hai năm …" → "quý II". */
export const labelRule: Rule = (words, from) => {
  const length = labels.has(`${words[from]?.key} ${words[from + 1]?.key}`) ? 2 : 1;
  const key = words
    .slice(from, from + length)
    .map((word) => word.key)
    .join(' ');
  const label = labels.get(key);
  if (!label || (key === 'số' && noNumberBefore.has(words[from - 1]?.key ?? ''))) return null;
  if (label.closers === anywhere && isCounted(words, from)) return null;
  const hasNumberWord = key !== 'số' && words[from + length]?.key === 'số';
  const at = from + length + (hasNumberWord ? 1 : 0);
  const number = readLabelNumber(words, at);
  if (!number) return null;
  const next = words[number.end]?.key ?? '';
  if (number.value < 10 && !mayFollow(label, next)) return null;
  if (label.isRoman && (number.value > 39 || lengths.has(next))) return null;
  if (isMoney(words, number.end) || readUnit(words, number.end)) return null;
  const [first, ...rest] = asSpoken(words, from, at);
  return [
    label.isCapital ? { ...first!, text: capital(first!.text) } : first!,
    ...rest,
    label.closers ? numbered(label, number, at) : withLetter(words, number, at),
  ];
};

/** "hai tầng ba phòng" counts both; in "tổ ba khu hai" the number before is another's name. */
function isCounted(words: Sentence, from: number): boolean {
  let start = from;
  while (isNumberWord(words, start - 1)) start -= 1;
  return start < from && !labels.has(words[start - 1]?.key ?? '');
}

function numbered({ isRoman }: Label, { value, text, end }: LabelNumber, from: number): Piece {
  return { text: isRoman ? roman(value) : text, from, to: end };
}

/** "quốc lộ một a" → "1A". */
function withLetter(words: Sentence, { text, end }: LabelNumber, from: number): Piece {
  const letter = words[end]?.key ?? '';
  return /^[a-e]$/.test(letter)
    ? { text: text + letter.toUpperCase(), from, to: end + 1 }
    : { text, from, to: end };
}

const counted = setOf('bên người hộ chiều làn mẹ con cháu đồng');

function mayFollow({ closers }: Label, next: string): boolean {
  if (next === '' || next.startsWith('\u0000')) return true;
  return closers ? closers.has(next) || labels.has(next) : !counted.has(next);
}

interface LabelNumber {
  value: number;
  text: string;
  end: number;
}

function readLabelNumber(words: Sentence, from: number): LabelNumber | null {
  if (shortEndingAt(words, from) === 4) return { value: 4, text: '4', end: from + 1 };
  const number = readNumber(words, from);
  if (number && number.scale <= 1e3 && !leavesRest(words, number)) {
    if (!['phẩy', 'chấm', 'phần', 'trên', 'rưỡi'].includes(words[number.end]?.key ?? '')) {
      return { ...number, text: dotted(number.value) };
    }
  }
  return null;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

const beforeWeekday = setOf('sáng trưa chiều tối đêm hôm');
const afterWeekday = setOf('ngày tuần hàng hằng');

/**
 * "thứ mười hai" → "thứ 12"; congresses are counted in Roman figures; weekdays have a capital
 * where they are surely one ("sáng thứ Hai"). "thứ hai" may be the second as well, and stays.
 */
export const ordinalRule: Rule = (words, from) => {
  if (words[from]?.key !== 'thứ') return null;
  const number = readNumber(words, from + 1);
  if (number && number.scale === 1 && !leavesRest(words, number)) {
    if (isCongress(words, from) && number.value <= 39) {
      return [...asSpoken(words, from, from + 1), figure(roman(number.value), from, number.end)];
    }
    if (number.value >= 10) {
      return [...asSpoken(words, from, from + 1), figure(String(number.value), from, number.end)];
    }
  }
  return weekday(words, from);
};

function figure(text: string, from: number, to: number): Piece {
  return { text, from: from + 1, to };
}

function isCongress(words: Sentence, from: number): boolean {
  const before = words
    .slice(Math.max(0, from - 8), from)
    .map(({ key }) => key.replace('\u0000', ''));
  return before.at(-1) === 'lần' && before.join(' ').includes('đại hội');
}

function weekday(words: Sentence, from: number): Piece[] | null {
  const day = digitAt(words, from + 1) ?? shortEndingAt(words, from + 1);
  if (!day || day < 2 || day > 7) return null;
  const isSure =
    beforeWeekday.has(words[from - 1]?.key ?? '') ||
    afterWeekday.has(words[from + 2]?.key ?? '') ||
    isNumberWord(words, from + 2);
  if (!isSure) return null;
  const [order, name] = asSpoken(words, from, from + 2);
  return [order!, { ...name!, text: capital(name!.text) }];
}

const beforeDigits = setOf('số lộ phòng tuyến đài mã thoại khoản cước hotline ngõ ngách');

/**
 * Digits said one by one: telephone and identity numbers, and shorter ones behind a word that
 * calls for a number ("quốc lộ ba hai" → "32"). A telephone number may be said in groups.
 */
export const digitStringRule: Rule = (words, from) => {
  if (digitAt(words, from) === undefined || isNumberWord(words, from - 1)) return null;
  const isCalledFor = isLabelled(words, from);
  const string = readDigits(words, from);
  const isZero = words[from]!.key === 'không';
  if (string) {
    const { length } = string.text;
    const isLong = isZero ? length >= 9 : length >= 6;
    if (isCalledFor ? length >= (isZero ? 3 : 2) : isLong && !isCounting(string.text)) {
      return [{ text: string.text, from, to: string.end }];
    }
  }
  const groups = isZero ? readGroups(words, from) : null;
  return groups && [{ text: groups.text, from, to: groups.end }];
};

function isLabelled(words: Sentence, from: number): boolean {
  const before = words.slice(Math.max(0, from - 3), from).map(({ key }) => key);
  const last = before.at(-1) ?? '';
  if (last === 'số') return !noNumberBefore.has(before.at(-2) ?? '');
  return beforeDigits.has(last) || (last === 'là' && beforeDigits.has(before.at(-2) ?? ''));
}

function readDigits(words: Sentence, from: number): { text: string; end: number } | null {
  let text = '';
  let end = from;
  for (;;) {
    const digit = digitAt(words, end) ?? (end > from ? shortEndingAt(words, end) : undefined);
    if (digit === undefined) break;
    text += digit;
    end += 1;
  }
  if (isNumberWord(words, end)) return null;
  return withoutQuestion(words, text, end);
}

/** The eleventh digit of a mobile number is none: "… chín tám bảy không?" */
function withoutQuestion(words: Sentence, text: string, end: number) {
  const isMobile = /^0[35789]\d{9}$/.test(text);
  const isLast = words[end - 1]!.key === 'không' || words[end - 1]!.key === 'năm';
  return isMobile && isLast ? { text: text.slice(0, -1), end: end - 1 } : { text, end };
}

/** "không chín tám, ba trăm hai mươi mốt, …": only where ten or eleven digits come of it. */
function readGroups(words: Sentence, from: number): { text: string; end: number } | null {
  let text = '';
  let end = from;
  while (isNumberWord(words, end) || (end > from && shortEndingAt(words, end))) {
    const isHundred = words[end + 1]?.key === 'trăm';
    const number = isHundred ? readNumber(words, end) : below100(words, end);
    const digit = digitAt(words, end) ?? shortEndingAt(words, end);
    if (number) {
      text += number.value;
      end = number.end;
    } else if (digit !== undefined) {
      text += digit;
      end += 1;
    } else return null;
  }
  const isNumber = /^0\d{9,10}$/.test(text);
  return isNumber ? { text, end } : null;
}

function isCounting(text: string): boolean {
  return '1234567890'.startsWith(text);
}
