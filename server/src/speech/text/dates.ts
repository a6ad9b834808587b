import {
  isNumberWord,
  leavesRest,
  readNumber,
  readYear,
  shortEndingAt,
  type SpokenNumber,
} from './number-words.ts';
import { asSpoken, type Piece, type Rule, type Sentence } from './spoken.ts';

interface Read {
  value: number;
  end: number;
}

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** A number of its own between two bounds, said without thousands. */
function readBetween(words: Sentence, from: number, min: number, max: number): Read | null {
  const number: SpokenNumber | null = readNumber(words, from);
  if (!number || number.scale > 1 || number.value < min || number.value > max) return null;
  return leavesRest(words, number) ? null : number;
}

function readMonth(words: Sentence, from: number): Read | null {
  if (words[from]?.key !== 'tháng') return null;
  if (shortEndingAt(words, from + 1) === 4) return { value: 4, end: from + 2 };
  return readBetween(words, from + 1, 1, 12);
}

function readYearAfter(words: Sentence, from: number): Read | null {
  return words[from]?.key === 'năm' ? readYear(words, from + 1) : null;
}

/**
 * "ngày ba tháng hai năm …" → "ngày 03 tháng 02 năm …": days under 10 and the months 1 and 2 with
 * a zero before (Nghị định 30/2020/NĐ-CP, phụ lục I). Also "mùng ba tháng hai", "sáng mười tám
 * tháng ba", and a month alone where its neighbours make it one.
 */
export const dateRule: Rule = (words, from) => {
  if (words[from]?.key === 'tháng') return monthAlone(words, from);
  let index = from;
  const hasDayWord = words[index]?.key === 'ngày';
  if (hasDayWord) index += 1;
  const isLunar = words[index]?.key === 'mùng';
  if (isLunar) index += 1;
  const day = readBetween(words, index, 1, 31);
  if (!day) return null;
  const month = readMonth(words, day.end);
  const year = month && readYearAfter(words, month.end);
  const isSure = hasDayWord || isLunar ? isLunar || month : month && (day.value > 12 || year);
  if (!isSure) return null;
  return [
    ...asSpoken(words, from, index),
    { text: isLunar ? String(day.value) : padded(day.value, 9), from: index, to: day.end },
    ...(month ? monthAndYear(words, day.end, month, year, true) : []),
  ];
};

function monthAndYear(
  words: Sentence,
  from: number,
  month: Read,
  year: Read | null,
  isPadded: boolean,
): Piece[] {
  return [
    ...asSpoken(words, from, from + 1),
    {
      text: isPadded ? padded(month.value, 2) : String(month.value),
      from: from + 1,
      to: month.end,
    },
    ...(year ? yearPieces(words, month.end, year) : []),
  ];
}

function yearPieces(words: Sentence, from: number, year: Read): Piece[] {
  return [
    ...asSpoken(words, from, from + 1),
    { text: String(year.value), from: from + 1, to: year.end },
  ];
}

function padded(value: number, upTo: number): string {
  return value <= upTo ? `0${value}` : String(value);
}

const notBeforeMonth = setOf(
  'mỗi một hàng hằng vài mấy nửa các những nhiều cả suốt từng theo cùng',
);
const notAfterMonth = setOf('lần người bữa ngày buổi cái con đứa chục lượt suất mẹ bên đồng');
const beforeMay = setOf('vào trong từ đến hết cuối đầu giữa trước sau hồi');
const notAfterMay = setOf('nay ngoái tới đến trước sau qua kia nào đó này học sinh');

/** "tháng năm" is May in "từ tháng năm", but not in "ngày tháng năm sinh". */
function monthAlone(words: Sentence, from: number): Piece[] | null {
  const month = readMonth(words, from);
  if (!month) return null;
  const year = readYearAfter(words, month.end);
  if (year) return monthAndYear(words, from, month, year, true);
  const before = words[from - 1]?.key ?? '';
  const after = words[month.end]?.key ?? '';
  if (notBeforeMonth.has(before) || notAfterMonth.has(after)) return null;
  if (isNumberWord(words, from - 1) || before === 'tư') return null;
  if (month.value === 5 && (!beforeMay.has(before) || notAfterMay.has(after))) return null;
  return monthAndYear(words, from, month, null, false);
}

const afterMillennium = setOf('đến này đó trở là thì và của ở tại');

/** "năm hai nghìn không trăm hai mươi sáu" → "năm 2026", and "… đến hai nghìn …" after it. */
export const yearRule: Rule = (words, from) => {
  const year = readYearAfter(words, from);
  if (!year) return null;
  const after = words[year.end]?.key ?? '';
  // "trong năm hai nghìn hộ được vay": not the year 2000.
  if (year.value === 2000 && after !== '' && !afterMillennium.has(after)) return null;
  const pieces = yearPieces(words, from, year);
  if (after !== 'đến') return pieces;
  const last = readYear(words, year.end + 1);
  return last
    ? [
        ...pieces,
        ...asSpoken(words, year.end, year.end + 1),
        { text: String(last.value), from: year.end + 1, to: last.end },
      ]
    : pieces;
};

const beforeBareYear = setOf('đến nhìn từ trước sau');

/** "tầm nhìn hai không bốn lăm" → "2045": a year without "năm", where it can be no count. */
export const bareYearRule: Rule = (words, from) => {
  const before = words[from - 1]?.key ?? '';
  if (!beforeBareYear.has(before)) return null;
  const year = readYear(words, from);
  if (!year) return null;
  const isDigits = year.end === from + 4 && words[from + 1]?.key !== 'nghìn';
  const after = words[year.end]?.key ?? '';
  const isRange = before === 'từ' && after === 'đến' && readYear(words, year.end + 1);
  const isSure = isDigits || isRange || before === 'nhìn' || after === '';
  return isSure ? [{ text: String(year.value), from, to: year.end }] : null;
};

const terms = ['giai đoạn', 'nhiệm kỳ', 'năm học', 'niên khóa'];

/** "nhiệm kỳ hai nghìn không trăm hai mươi lăm hai nghìn không trăm ba mươi" → "2025-2030". */
export const termRule: Rule = (words, from) => {
  if (!terms.includes(`${words[from]?.key} ${words[from + 1]?.key}`)) return null;
  const first = readFirstYear(words, from + 2);
  if (!first) return null;
  const head = asSpoken(words, from, from + 2);
  const isTold = words[first.end]?.key === 'đến';
  const last = readYear(words, first.end + (isTold ? 1 : 0));
  if (!last) return [...head, { text: String(first.value), from: from + 2, to: first.end }];
  if (!isTold) {
    return [...head, { text: `${first.value}-${last.value}`, from: from + 2, to: last.end }];
  }
  return [
    ...head,
    { text: String(first.value), from: from + 2, to: first.end },
    ...asSpoken(words, first.end, first.end + 1),
    { text: String(last.value), from: first.end + 1, to: last.end },
  ];
};

/** A year that another may follow without a word between them. */
function readFirstYear(words: Sentence, from: number): Read | null {
  const number = readNumber(words, from);
  const isOne = number?.scale === 1e3 && number.value >= 1900 && number.value < 2100;
  return isOne ? number : readYear(words, from);
}

const partsOfDay = setOf('sáng trưa chiều tối đêm khuya đúng ngày hôm');
const beforeHour = setOf('lúc hồi tầm');

/**
 * "mười bốn giờ ba mươi" → "14 giờ 30", "tám giờ rưỡi" → "8 giờ 30". Hours under ten without
 * minutes only where a part of the day or "lúc" tells them from a length of time.
 */
export const clockRule: Rule = (words, from) => {
  const isMidnight = words[from]?.key === 'không' && words[from + 1]?.key === 'giờ';
  const hour = isMidnight ? { value: 0, end: from + 1 } : readBetween(words, from, 1, 24);
  if (!hour || words[hour.end]?.key !== 'giờ') return null;
  const head: Piece[] = [
    { text: String(hour.value), from, to: hour.end },
    ...asSpoken(words, hour.end, hour.end + 1),
  ];
  const after = hour.end + 1;
  const next = words[after]?.key ?? '';
  if (next === 'rưỡi') return [...head, { text: '30', from: after, to: after + 1 }];
  const isBefore = next === 'kém';
  const at = after + (isBefore ? 1 : 0);
  const minutes = readBetween(words, at, 1, 59);
  const isSaid = minutes && words[minutes.end]?.key === 'phút';
  if (minutes && (isSaid || isBefore || minutes.value >= 10)) {
    return [
      ...head,
      ...asSpoken(words, after, at),
      {
        text: isBefore ? String(minutes.value) : padded(minutes.value, 9),
        from: at,
        to: minutes.end,
      },
    ];
  }
  if (next === 'không' && words[after + 1]?.key === 'phút') {
    return [...head, { text: '00', from: after, to: after + 1 }];
  }
  return partsOfDay.has(next) || isHourAfter(words, from, next) ? head : null;
};

/** "lúc ba giờ", "từ bảy giờ đến chín giờ": not how long it lasts. */
function isHourAfter(words: Sentence, from: number, next: string): boolean {
  const before = words[from - 1]?.key ?? '';
  if (before === 'từ') return next === 'đến';
  if (before === 'đến') return words[from - 2]?.key === 'giờ';
  return beforeHour.has(before);
}
