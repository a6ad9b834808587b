/** A time in which something came again and again. Epoch ms. */
export interface Spell {
  /** What came: for a hall's picture or sound, the hall's `bridgePointId`. */
  readonly of: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What is further apart than this belongs to two spells, in ms. */
export const spellGapMs = 300;

/** Keeps when things came, without keeping each of them. */
export class Spells {
  readonly #spells: { of: string; from: number; to: number; count: number }[] = [];
  readonly #current = new Map<string, { of: string; from: number; to: number; count: number }>();

  add(of: string, at = Date.now()): void {
    const current = this.#current.get(of);
    if (current && at - current.to <= spellGapMs) {
      current.to = at;
      current.count += 1;
      return;
    }
    const spell = { of, from: at, to: at, count: 1 };
    this.#current.set(of, spell);
    this.#spells.push(spell);
  }

  all(): Spell[] {
    return this.#spells.map((spell) => ({ ...spell }));
  }

  clear(): void {
    this.#spells.length = 0;
    this.#current.clear();
  }
}

/**
 * How long after `at` (epoch ms) it came again: 0 where it never ceased, infinite where it did and
 * never came back. `spells`: of one thing, in order.
 */
export function backAfterMs(spells: readonly Spell[], at: number): number {
  const during = spells.findIndex(({ to }) => to + spellGapMs >= at);
  if (during < 0) return Infinity;
  const { from, to } = spells[during]!;
  if (from > at) return from - at;
  const next = spells[during + 1];
  // It went on for as long as anybody looked, or its gap was not this one's.
  if (!next) return to > at + spellGapMs ? 0 : Infinity;
  return to > at + spellGapMs ? 0 : next.from - at;
}
