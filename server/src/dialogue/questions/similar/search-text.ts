import { fold } from '@nhip-cau/shared/model/text';

/** A question as it is compared with others. */
export interface SearchText {
  /** Without diacritics. */
  plain: string;
  /** With them, spelled in ASCII: trigrams of letters that a locale does not know would be lost. */
  marked: string;
  /**
   * Words that stand side by side, without diacritics, as numbers of 32 bits: few questions share
   * one, so that they find those worth comparing.
   */
  pairs: number[];
}

/** What people say around their question; folded. */
const courtesyPhrases = [
  'kinh thua cac dong chi lanh dao thanh pho',
  'kinh thua dong chi bi thu thanh uy',
  'kinh thua dong chi chu tich uy ban nhan dan thanh pho',
  'kinh thua dong chi chu tich thanh pho',
  'kinh thua dong chi chu tich',
  'kinh thua dong chi bi thu',
  'kinh thua dong chi chu tri',
  'kinh thua cac dong chi lanh dao',
  'kinh thua cac dong chi',
  'kinh thua lanh dao thanh pho',
  'kinh thua ban to chuc',
  'kinh thua quy vi dai bieu',
  'kinh thua quy vi',
  'kinh thua doan chu tich',
  'kinh thua chu toa',
  'kinh thua hoi nghi',
  'kinh thua dong chi',
  'kinh thua cac ong cac ba',
  'kinh thua cac vi',
  'kinh thua',
  'toi xin phep duoc hoi',
  'toi xin duoc hoi',
  'cho toi xin hoi',
  'cho toi duoc hoi',
  'xin cho toi hoi',
  'cho toi hoi',
  'toi xin hoi',
  'toi muon hoi',
  'cho hoi',
  'xin hoi',
  'toi co cau hoi',
  'toi co y kien',
  'toi co mot y kien',
  'toi xin co y kien',
  'toi xin co mot y kien',
  'thay mat ba con',
  'thay mat nhan dan',
  'thay mat cu tri',
  'toi xin tran trong cam on',
  'xin tran trong cam on',
  'xin chan thanh cam on',
  'tran trong cam on',
  'xin cam on',
  'toi kinh de nghi',
  'chung toi kinh de nghi',
  'chung toi de nghi',
  'toi de nghi',
  'de nghi lanh dao thanh pho',
  'de nghi thanh pho',
  'de nghi cac cap',
  'de nghi',
  'kinh de nghi',
  'kinh mong',
  'rat mong',
  'mong lanh dao thanh pho',
  'quan tam giai quyet',
  'xem xet giai quyet',
  'som giai quyet',
  'quan tam xem xet',
  'cho biet',
  'lanh dao thanh pho',
  'bao gio',
  'khi nao',
  'nhu the nao',
  'lam sao',
  'vi sao',
  'tai sao',
  'chung toi',
  'ba con nhan dan',
  'ba con',
  'nguoi dan',
  'nhan dan',
  'thanh pho',
  'gia dinh toi',
];

/** By their first word; longer ones first, so that none leaves a part of another behind. */
const courtesies = Map.groupBy(
  courtesyPhrases.map((phrase) => phrase.split(' ')).sort((a, b) => b.length - a.length),
  ([first]) => first!,
);

/** Words that say nothing of what a question is about; folded. */
const fillers = new Set(
  (
    'toi em xin thua va voi la thi o ve cho cua cac nhung da dang se duoc bi nay kia do roi rat ' +
    'nua khong co phai vang nhe cung hay hoac de trong'
  ).split(' '),
);

/**
 * What two questions are compared by: their words without courtesies and fillers, with which every
 * question begins and which would make all of them alike. A text of nothing else stays as it is.
 */
export function searchText(text: string): SearchText {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const folded = words.map(fold);
  const kept: number[] = [];
  for (let index = 0; index < folded.length;) {
    const courtesy = courtesies
      .get(folded[index]!)
      ?.find((phrase) => phrase.every((word, offset) => folded[index + offset] === word));
    if (courtesy) index += courtesy.length;
    else {
      if (!fillers.has(folded[index]!)) kept.push(index);
      index += 1;
    }
  }
  const chosen = kept.length > 0 ? kept : [...words.keys()];
  const plain = chosen.map((index) => folded[index]!);
  return {
    plain: plain.join(' '),
    pairs: pairsOf(plain),
    marked: chosen.map((index) => spelled(words[index]!)).join(' '),
  };
}

/** Signs of VNI, the way to type diacritics with digits, by combining mark. */
const signs: Record<string, string> = {
  '\u0301': '1',
  '\u0300': '2',
  '\u0309': '3',
  '\u0303': '4',
  '\u0323': '5',
  '\u0302': '6',
  '\u031b': '7',
  '\u0306': '8',
};

function spelled(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, (mark) => signs[mark] ?? '')
    .replace(/đ/g, 'd9');
}

function pairsOf(words: readonly string[]): number[] {
  const pairs = words.slice(1).map((word, index) => hash(`${words[index]} ${word}`));
  return [...new Set(pairs.length > 0 ? pairs : words.map(hash))];
}

/** FNV-1a, as PostgreSQL's `integer` has it. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}
