/** What captions do not show; the record keeps it. */
export type MaskKind = 'phone' | 'identity' | 'account' | 'email' | 'profanity';

/** UTF-16 offsets of the text, `end` exclusive. */
export interface MaskSpan {
  kind: MaskKind;
  start: number;
  end: number;
}

/** What stands for anything masked: its length tells nothing, and no last digits do. */
export const maskText = '•••';

const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

// Digits with single marks between them; a slash at either end makes a document's number of them.
const figure = /(?<![\p{L}\p{N}/.,-])\(?\+?\d(?:[ .\-()]{0,2}\d)+(?![\p{L}\p{N}/]|[.,]\d)/gu;

const digitWord = '(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)';
/** Not yet figures: what an engine has not finished. Six suffice, for the rest is on its way. */
const spokenDigits = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:không(?:[ ,.-]+${digitWord}){5,}|${digitWord}(?:[ ,.-]+${digitWord}){8,})(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Amounts ("2.345.678"), dates and spans of years, whatever stands before them. */
const amount = /^[1-9]\d{0,2}(?:\.\d{3})+$/;
const date = /^(?:\d{1,2}[-.]\d{1,2}[-.]\d{4}|(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d)$/;
const amountAfter =
  /^\s*(?:nghìn|triệu|tỷ|tỉ|đồng|vnđ|vnd|usd|đô la|euro|%|người|hộ|m²|m2|km|ha)/iu;
const accountBefore = /(?:tài khoản|stk|số thẻ|thẻ ngân hàng)(?:[^\d.!?]{0,30})$/iu;
const identityBefore =
  /(?:căn cước|cccd|cmnd|cmt|chứng minh|hộ chiếu|định danh|mã số thuế|bảo hiểm)(?:[^\d.!?]{0,30})$/iu;
const phoneBefore = /(?:điện thoại|di động|đt|sđt|zalo|máy bàn|gọi|liên hệ)(?:[^\d.!?]{0,20})$/iu;
/** Lines that are there to be called: 1900 xxxx, 1800 xxxx. */
const publicLine = /^1[89]00\d{4,6}$/;

function kindOfFigure(text: string, before: string, after: string): MaskKind | null {
  const digits = text.replace(/\D/g, '');
  const isZero = digits.startsWith('0');
  if (amount.test(text) || date.test(text)) return null;
  if (amountAfter.test(after) && !isZero) return null;
  if (accountBefore.test(before) && digits.length >= 6) return 'account';
  if (identityBefore.test(before) && digits.length >= 8) return 'identity';
  if (publicLine.test(digits)) return null;
  if (phoneBefore.test(before) && digits.length >= 8) return 'phone';
  if (/^\(?\+/.test(text) && digits.length >= 9) return 'phone';
  if (isZero && digits.length === 12) return 'identity';
  if (isZero && digits.length >= 9 && digits.length <= 11) return 'phone';
  if (/^84[35789]\d{8}$/.test(digits)) return 'phone';
  // Several numbers in a row ("2021 2025 2030") are none; an identity has no gaps of its own.
  if (!/^\d+$/.test(text)) return null;
  if (digits.length === 9) return 'identity';
  // The first digits of a number on its way already tell it: nothing else starts with a zero.
  if (isZero && digits.length >= 6) return 'phone';
  return digits.length >= 10 ? 'account' : null;
}

// With their marks, for "lon", "buoi", "dit" without them are other words.
const vietnamese = [
  ...['lồn', 'buồi', 'cặc', 'địt', 'đụ', 'đéo', 'đĩ', 'vãi lồn', 'vãi cả lồn', 'mẹ kiếp'],
  ...['đụ má', 'đụ mẹ', 'địt mẹ', 'đù má', 'đù mẹ', 'đờ mờ', 'mẹ mày', 'bố mày', 'con mẹ nó'],
  ...['thằng chó', 'đồ chó', 'óc chó', 'chó đẻ'],
];
// Without marks only what means nothing else.
const plain = [
  ...['dit me', 'ditme', 'djt', 'djt me', 'du ma may', 'dcm', 'đcm', 'dmm', 'đmm', 'đm', 'đkm'],
  ...['clgt', 'vcl', 'vkl', 'vai lon', 'oc cho', 'thang cho', 'do cho de'],
];
const english = [
  ...['fuck', 'fucks', 'fucked', 'fucker', 'fuckers', 'fucking', 'motherfucker', 'motherfuckers'],
  ...['shit', 'shits', 'shitty', 'bullshit', 'bitch', 'bitches', 'asshole', 'assholes', 'cunt'],
  ...['bastard', 'bastards', 'whore', 'nigger', 'niggers', 'son of a bitch'],
];
const profanity = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...vietnamese, ...plain, ...english]
    .toSorted((a, b) => b.length - a.length)
    .map((words) => words.normalize('NFC').replaceAll(' ', '\\s+'))
    .join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);

/**
 * Where personal data and profanity stand in a text (NFC), in order, not overlapping: telephone
 * numbers, identity cards of 9 and 12 digits, bank accounts, e-mail addresses, swear words. Years,
 * dates, money and the numbers of laws are none of these.
 */
export function maskSpans(text: string): MaskSpan[] {
  const found = [
    ...spansOf(text, email, () => 'email'),
    ...spansOf(text, figure, (match, before, after) => kindOfFigure(match, before, after)),
    ...spansOf(text, spokenDigits, () => 'phone'),
    ...spansOf(text, profanity, () => 'profanity'),
  ].toSorted((a, b) => a.start - b.start || b.end - a.end);
  let covered = 0;
  return found.filter(({ start, end }) => {
    if (start < covered) return false;
    covered = end;
    return true;
  });
}

function spansOf(
  text: string,
  pattern: RegExp,
  kindOf: (match: string, before: string, after: string) => MaskKind | null,
): MaskSpan[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: match, index }) => {
    const end = index + match.length;
    const kind = kindOf(
      match,
      text.slice(Math.max(0, index - 60), index),
      text.slice(end, end + 12),
    );
    return kind ? [{ kind, start: index, end }] : [];
  });
}

/** The text as captions show it: `maskText` in the place of each span. */
export function mask(text: string): string {
  const whole = text.normalize('NFC');
  let shown = '';
  let from = 0;
  for (const { start, end } of maskSpans(whole)) {
    shown += whole.slice(from, start) + maskText;
    from = end;
  }
  return shown + whole.slice(from);
}
