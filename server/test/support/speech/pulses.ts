/**
 * Sound that stand-ins for speech engines understand without a model: a word is a run of one value,
 * a pause is zeros. Some values make a stand-in misbehave.
 */
export const mischief = {
  /** Ends, or breaks the connection, at once. */
  dies: 30_001,
  /** Reads, answers and ends no more. */
  stalls: 30_002,
  /** Answers without end. */
  floods: 30_003,
  /** Answers what nobody can read, then goes on. */
  garbles: 30_004,
} as const;

export type Mischief = keyof typeof mischief;

/** A run of one value, positions in samples since the beginning. */
export interface Pulse {
  text: string;
  start: number;
  end: number;
}

const step = 100;

/** Samples of these runs, one after the other: a word's number (0: a pause) and its length. */
export function pulses(...runs: readonly [word: number, samples: number][]): Int16Array {
  const pcm = new Int16Array(runs.reduce((sum, [, samples]) => sum + samples, 0));
  let at = 0;
  for (const [word, samples] of runs) {
    pcm.fill(word > 300 ? word : word * step, at, at + samples);
    at += samples;
  }
  return pcm;
}

/** Reads such sound piece by piece. */
export class PulseReader {
  private at = 0;
  private value = 0;
  private start = 0;

  /** The words that ended within this piece. `handleMischief` is called where one begins. */
  push(pcm: Int16Array, handleMischief: (what: Mischief) => void = () => {}): Pulse[] {
    const done: Pulse[] = [];
    for (const value of pcm) {
      if (value !== this.value) {
        done.push(...this.end());
        this.value = value;
        this.start = this.at;
        const found = Object.entries(mischief).find(([, code]) => code === value);
        if (found) handleMischief(found[0] as Mischief);
      }
      this.at += 1;
    }
    return done;
  }

  /** The word that is under way, as far as it goes. */
  get present(): Pulse | null {
    if (this.value === 0 || this.value > 300 * step) return null;
    return { text: `w${this.value / step}`, start: this.start, end: this.at };
  }

  /** Samples read so far. */
  get position(): number {
    return this.at;
  }

  /** Ends the word that is under way. */
  end(): Pulse[] {
    const { present } = this;
    this.value = 0;
    return present ? [present] : [];
  }
}
