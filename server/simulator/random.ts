/**
 * Chance that a seed decides: the same seed, the same course. Each actor takes a fork by its own
 * name, so that how often one draws changes nothing for the others.
 */
export class Random {
  private state: number;
  private readonly seed: string;

  constructor(seed: string) {
    this.seed = seed;
    this.state = hashOf(seed);
  }

  fork(name: string): Random {
    return new Random(`${this.seed}/${name}`);
  }

  /** From 0 on, below 1. Mulberry32 by Tommy Ettinger, in the public domain. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** One of them; throws when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Waiting times of what comes by chance: exponential, at most five means. */
  around(mean: number): number {
    return Math.min(5 * mean, -Math.log(1 - this.next()) * mean);
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
