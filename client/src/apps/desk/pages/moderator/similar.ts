import { fold } from '@nhip-cau/shared/model/text';

export interface Similar<Item> {
  item: Item;
  /** From 0 to 1, as `pg_trgm` counts it: shared trigrams of all trigrams. */
  share: number;
}

/** From here on two questions may well be the same one in other words. */
export const similarFrom = 0.4;

const kept = new Map<string, ReadonlySet<string>>();
const mostKept = 2_000;

/** Three letters in a row of each word, its ends marked, without regard to diacritics. */
function trigrams(text: string): ReadonlySet<string> {
  let found = kept.get(text);
  if (found) return found;
  const grams = new Set<string>();
  for (const word of fold(text).split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    const marked = `  ${word} `;
    for (let at = 0; at + 3 <= marked.length; at += 1) grams.add(marked.slice(at, at + 3));
  }
  found = grams;
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, found);
  return found;
}

/** How much two texts have in common, from 0 to 1. */
export function similarity(a: string, b: string): number {
  const [few, many] = [trigrams(a), trigrams(b)].sort((one, other) => one.size - other.size);
  let shared = 0;
  for (const gram of few!) if (many!.has(gram)) shared += 1;
  const all = few!.size + many!.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Those of `others` whose text is much like this one's, most alike first, at most `most`. */
export function similarTo<Item>(
  text: string,
  others: readonly Item[],
  textOf: (item: Item) => string,
  most = 3,
): Similar<Item>[] {
  return others
    .map((item) => ({ item, share: similarity(text, textOf(item)) }))
    .filter(({ share }) => share >= similarFrom)
    .sort((a, b) => b.share - a.share)
    .slice(0, most);
}
