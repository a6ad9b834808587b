/** Parts of a Vietnamese syllable, with what recognisers and regions confuse folded into one. */
export interface SyllableKey {
  /** The sound with its tone: equal keys are hard to tell apart. */
  near: string;
  /** Without its tone: for what was heard badly. */
  far: string;
}

const tones: Record<string, string> = {
  '\u0300': 'f',
  '\u0301': 's',
  '\u0303': 'r',
  '\u0309': 'r',
  '\u0323': 'j',
};
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;

const onsets = 'ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x'.split(' ');

/** l/n, s/x, ch/tr, d/gi/r, and the spellings of one sound: ng/ngh, g/gh, c/k/q. */
const foldedOnsets: Record<string, string> = {
  n: 'l',
  x: 's',
  tr: 'ch',
  gi: 'd',
  r: 'd',
  ngh: 'ng',
  gh: 'g',
  k: 'c',
};

const vowels = 'aăâeêioôơuưy';

/**
 * What a syllable (any case) sounds like: hỏi is ngã, l is n, s is x, ch is tr, d is gi is r, y is
 * i, final ng is n and c is t, ươu is iêu and ưu is iu. What is no Vietnamese syllable ("OCOP",
 * "4.0") sounds only like itself.
 */
export function syllableKey(syllable: string): SyllableKey {
  const lower = syllable.normalize('NFD').toLowerCase();
  const tone = tones[lower.match(toneMarks)?.[0] ?? ''] ?? '';
  const bare = lower.replace(toneMarks, '').normalize('NFC');
  const { onset, rhyme } = divide(bare);
  if (!rhyme || !vowels.includes(rhyme[0]!)) return { near: `=${bare}`, far: `=${bare}` };
  const far = (foldedOnsets[onset] ?? onset) + foldRhyme(rhyme);
  return { near: far + tone, far };
}

/** One spelling of a syllable for all its ways to be written: "hoà" and "hòa", "mĩ" and "mỹ". */
export function spelling(syllable: string): string {
  const lower = syllable.normalize('NFD').toLowerCase();
  const marks = lower.match(toneMarks)?.join('') ?? '';
  return lower.replace(toneMarks, '').replace(/(?<=[hklmst])y$/, 'i') + marks;
}

function divide(bare: string): { onset: string; rhyme: string } {
  const onset = onsets.find((letters) => bare.startsWith(letters)) ?? '';
  const rhyme = bare.slice(onset.length);
  // "gì", "gìn", "giếng": the i is the vowel's as well.
  if (onset === 'gi' && (rhyme === '' || !vowels.includes(rhyme[0]!) || rhyme[0] === 'ê')) {
    return { onset, rhyme: `i${rhyme}` };
  }
  // "quan" has the glide of "hoan", "quy" that of "thuy".
  if (onset === 'qu') return { onset: 'c', rhyme: ('aăe'.includes(rhyme[0]!) ? 'o' : 'u') + rhyme };
  return { onset, rhyme };
}

function foldRhyme(rhyme: string): string {
  return rhyme
    .replace(/^y/, 'i')
    .replace(/^uy$/, 'ui')
    .replace('ươu', 'iêu')
    .replace('ưu', 'iu')
    .replace(/ng$/, 'n')
    .replace(/c$/, 't');
}
