export interface PacerOptions {
  /** How long jobs are begun in a row before other work of the process has its turn, in ms. */
  readonly sliceMs: number;
  /** Most jobs under way at once. */
  readonly concurrency: number;
  readonly now?: () => number;
}

/**
 * Begins many jobs, in the order in which they came, without holding up the event loop: a slice of
 * them at a time, and no more at once than it may.
 */
export class Pacer {
  readonly #sliceMs: number;
  readonly #concurrency: number;
  readonly #now: () => number;
  readonly #queue: (() => Promise<void>)[] = [];
  #underWay = 0;
  #scheduled = false;

  constructor({ sliceMs, concurrency, now = () => performance.now() }: PacerOptions) {
    this.#sliceMs = sliceMs;
    this.#concurrency = concurrency;
    this.#now = now;
  }

  /** Settles as the job does. */
  run<T>(job: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push(async () => {
        try {
          resolve(await job());
        } catch (error) {
          reject(error as Error);
        }
      });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#queue.length === 0 || this.#underWay >= this.#concurrency) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#slice();
      this.#schedule();
    });
  }

  #slice(): void {
    const until = this.#now() + this.#sliceMs;
    do {
      if (this.#underWay >= this.#concurrency) return;
      const job = this.#queue.shift();
      if (!job) return;
      this.#underWay += 1;
      void job().then(() => {
        this.#underWay -= 1;
        this.#schedule();
      });
    } while (this.#now() < until);
  }
}
