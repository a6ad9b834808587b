import type { SearchText } from './search-text.ts';

/** The trigrams of a text's words as pg_trgm counts them (PostgreSQL 18, F.33.1). */
export function trigramsOf(text: string): Set<string> {
  const trigrams = new Set<string>();
  for (const word of text.split(/[^a-z0-9]+/)) {
    if (word === '') continue;
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) trigrams.add(padded.slice(at, at + 3));
  }
  return trigrams;
}

/** How much of two sets is in both, from 0 to 1: `similarity()` of pg_trgm. */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const trigram of one) if (other.has(trigram)) shared += 1;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Texts compared with each one in full. */
const maxCompared = 20;

interface Held<Owner> {
  owner: Owner;
  text: SearchText;
}

/** Texts in memory, to find those alike as the database would. */
export class AlikeTexts<Owner> {
  private readonly texts: Held<Owner>[] = [];
  private readonly byPair = new Map<number, number[]>();

  add(owner: Owner, text: SearchText): void {
    const index = this.texts.push({ owner, text }) - 1;
    for (const pair of text.pairs) {
      const indices = this.byPair.get(pair);
      if (indices) indices.push(index);
      else this.byPair.set(pair, [index]);
    }
  }

  /** The one most alike, from `from` on. */
  nearest(text: SearchText, from: number): { owner: Owner; score: number } | null {
    const shared = new Map<number, number>();
    for (const pair of text.pairs) {
      for (const index of this.byPair.get(pair) ?? []) {
        shared.set(index, (shared.get(index) ?? 0) + 1);
      }
    }
    const candidates = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, maxCompared);
    let best: { owner: Owner; score: number } | null = null;
    for (const [index] of candidates) {
      const { owner, text: other } = this.texts[index]!;
      const score = scoreOf(text, other);
      if (score >= from && score > (best?.score ?? 0)) best = { owner, score };
    }
    return best;
  }
}

/** With diacritics where both have them. */
function scoreOf(one: SearchText, other: SearchText): number {
  const bothMarked = one.marked !== one.plain && other.marked !== other.plain;
  const spelling = bothMarked ? 'marked' : 'plain';
  return similarity(trigramsOf(one[spelling]), trigramsOf(other[spelling]));
}
