import { stillEveryMs } from './allocate.ts';

/** How long moving pictures flow each time: a key frame's round trip and its packets, in ms. */
const windowMs = 1_000;

/** A stream that carries a still picture now and then. */
export interface Still {
  /** Lets pictures through, the first of which is a whole one, or ends that. */
  setFlow(flows: boolean): void;
}

/**
 * Lets all still pictures of a room through at the same moments, so that one key frame serves
 * them all. It runs only while there is one.
 */
export class StillClock {
  readonly #stills = new Set<Still>();
  #timer: NodeJS.Timeout | undefined;

  /** The first picture comes at once. */
  add(still: Still): void {
    if (this.#stills.has(still)) return;
    this.#stills.add(still);
    still.setFlow(true);
    this.#timer ??= setTimeout(() => this.#end(), windowMs);
  }

  delete(still: Still): void {
    this.#stills.delete(still);
    if (this.#stills.size === 0) this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #begin(): void {
    for (const still of this.#stills) still.setFlow(true);
    this.#timer = setTimeout(() => this.#end(), windowMs);
  }

  #end(): void {
    for (const still of this.#stills) still.setFlow(false);
    this.#timer = setTimeout(() => this.#begin(), stillEveryMs - windowMs);
  }
}
