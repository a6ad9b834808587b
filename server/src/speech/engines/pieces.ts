import { join } from './pcm.ts';

/** Sound that is written in small arrays, gathered until it is worth sending. */
export class Pieces {
  private pieces: Int16Array[] = [];
  private gathered = 0;

  /** In samples. */
  get length(): number {
    return this.gathered;
  }

  /** Keeps a copy. */
  push(pcm: Int16Array): void {
    this.pieces.push(pcm.slice());
    this.gathered += pcm.length;
  }

  /** Gives all in one array, and is empty. */
  take(): Int16Array {
    const all = join(this.pieces);
    this.clear();
    return all;
  }

  clear(): void {
    this.pieces = [];
    this.gathered = 0;
  }
}
