import { fold } from '@nhip-cau/shared/model/text';

/** A text as it is searched: its words between single spaces, with and without diacritics. */
export interface SearchText {
  plain: string;
  marked: string;
}

const word = /[\p{L}\p{N}]+/gu;
/** Longest piece of a line that a hit shows, in UTF-16 units. */
const snippetLength = 240;

const wordsIn = (text: string) => text.normalize('NFC').toLowerCase().match(word) ?? [];

export function searchText(text: string): SearchText {
  const marked = wordsIn(text);
  return { plain: ` ${marked.map(fold).join(' ')} `, marked: ` ${marked.join(' ')} ` };
}

/** What is looked for. */
export interface Sought {
  /** Words without diacritics; the last may be the beginning of one. */
  plain: string[];
  /** The same as they were typed. */
  marked: string[];
  /** Whether any has diacritics: then those who have the same are meant first. */
  hasMarks: boolean;
}

/** `null`: there is no word in it. */
export function soughtIn(text: string): Sought | null {
  const marked = wordsIn(text);
  if (marked.length === 0) return null;
  const plain = marked.map(fold);
  return { plain, marked, hasMarks: plain.some((one, index) => one !== marked[index]) };
}

/**
 * The piece of a line around the first word that was found, and where in it each one is; offsets in
 * UTF-16 units.
 */
export function snippetOf(
  text: string,
  { plain }: Sought,
): { text: string; ranges: { start: number; end: number }[] } {
  const whole = text.normalize('NFC');
  const last = plain.at(-1)!;
  const found = [...whole.matchAll(word)].flatMap(({ 0: written, index }) => {
    const folded = fold(written);
    const isFound = plain.includes(folded) || folded.startsWith(last);
    return isFound ? [{ start: index, end: index + written.length }] : [];
  });
  const from = whole.length <= snippetLength ? 0 : startOf(whole, found[0]?.start ?? 0);
  const to = whole.length <= snippetLength ? whole.length : endOf(whole, from + snippetLength);
  const [before, after] = [from > 0 ? '… ' : '', to < whole.length ? ' …' : ''];
  const shift = before.length - from;
  return {
    text: before + whole.slice(from, to) + after,
    ranges: found
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  };
}

/** A word's beginning, a third of the piece before what was found. */
function startOf(text: string, found: number): number {
  const wanted = Math.min(found - snippetLength / 3, text.length - snippetLength);
  if (wanted <= 0) return 0;
  const space = text.indexOf(' ', wanted);
  return space < 0 || space >= found ? found : space + 1;
}

function endOf(text: string, wanted: number): number {
  if (wanted >= text.length) return text.length;
  const space = text.lastIndexOf(' ', wanted);
  return space < 0 ? wanted : space;
}
