import type { Abbreviation } from './transcript.ts';

/** A text with the place where one types, in UTF-16 units. */
export interface Typed {
  text: string;
  cursor: number;
}

/** Typed before an abbreviation it keeps it as it is, and goes away itself. */
export const escapeMark = '\\';

/**
 * What Vietnamese officials write short, for every dialogue; put a dialogue's own before these.
 * None of them is a word of its own.
 */
export const defaultAbbreviations: readonly Abbreviation[] = Object.entries({
  antt: 'an ninh trật tự',
  attp: 'an toàn thực phẩm',
  bcđ: 'Ban Chỉ đạo',
  bhxh: 'bảo hiểm xã hội',
  bhyt: 'bảo hiểm y tế',
  bqlda: 'Ban Quản lý dự án',
  btv: 'Ban Thường vụ',
  cccd: 'căn cước công dân',
  csgt: 'cảnh sát giao thông',
  csvc: 'cơ sở vật chất',
  cntt: 'công nghệ thông tin',
  'đ/c': 'đồng chí',
  đbqh: 'đại biểu Quốc hội',
  đtxd: 'đầu tư xây dựng',
  dvctt: 'dịch vụ công trực tuyến',
  gcn: 'giấy chứng nhận',
  gcnqsdđ: 'giấy chứng nhận quyền sử dụng đất',
  gpmb: 'giải phóng mặt bằng',
  gpxd: 'giấy phép xây dựng',
  gtvt: 'giao thông vận tải',
  hđnd: 'Hội đồng nhân dân',
  hlhpn: 'Hội Liên hiệp Phụ nữ',
  hnd: 'Hội Nông dân',
  htx: 'hợp tác xã',
  ktxh: 'kinh tế - xã hội',
  mttq: 'Mặt trận Tổ quốc',
  ntm: 'nông thôn mới',
  pccc: 'phòng cháy, chữa cháy',
  qlđt: 'quản lý đô thị',
  qppl: 'quy phạm pháp luật',
  qsdđ: 'quyền sử dụng đất',
  tđc: 'tái định cư',
  tdp: 'tổ dân phố',
  thcs: 'trung học cơ sở',
  thpt: 'trung học phổ thông',
  tnmt: 'tài nguyên và môi trường',
  'tp.hn': 'thành phố Hà Nội',
  tthc: 'thủ tục hành chính',
  ttxd: 'trật tự xây dựng',
  ubkt: 'Ủy ban Kiểm tra',
  ubnd: 'Ủy ban nhân dân',
  vsmt: 'vệ sinh môi trường',
}).map(([short, long]) => ({ short, long }));

const lastWord = /(\\?)([\p{L}\p{N}/.]+)$/u;
const delimiter = /[\s.,;:!?)]/u;

/**
 * The text after a space or a mark was typed before `cursor`: an abbreviation before it stands in
 * full, with a capital where it was typed with one, and the cursor moves along. With a backslash
 * before it, it stays and the backslash goes. The first of the table counts, whatever the case.
 * `null`: nothing to expand.
 */
export function expand(text: string, cursor: number, table: readonly Abbreviation[]): Typed | null {
  const typed = text.slice(cursor - 1, cursor);
  if (!delimiter.test(typed)) return null;
  return withLastWord(text, cursor - 1, cursor, table);
}

/** As `expand`, for a text that is complete without a space at its end (sent with Enter). */
export function expandAtEnd(text: string, table: readonly Abbreviation[]): string {
  const end = text.length - (/[.,;:!?)]*$/u.exec(text)?.[0].length ?? 0);
  return withLastWord(text, end, text.length, table)?.text ?? text;
}

function withLastWord(
  text: string,
  end: number,
  cursor: number,
  table: readonly Abbreviation[],
): Typed | null {
  const [whole, escape, word] = lastWord.exec(text.slice(0, end)) ?? [];
  if (!whole || !word) return null;
  const long = longOf(word, table);
  if (long === undefined) return null;
  const isCapital = word[0] !== word[0]!.toLowerCase();
  const put = escape ? word : isCapital ? long[0]!.toUpperCase() + long.slice(1) : long;
  const before = text.slice(0, end - whole.length) + put;
  return { text: before + text.slice(end), cursor: before.length + cursor - end };
}

function longOf(word: string, table: readonly Abbreviation[]): string | undefined {
  const plain = (text: string) => text.normalize('NFC').toLowerCase();
  const typed = plain(word);
  return table.find(({ short }) => plain(short) === typed)?.long;
}
