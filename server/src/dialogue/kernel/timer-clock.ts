/** What a part that waits knows of time; a test moves one by hand. */
export interface TimerClock {
  /** Epoch ms. */
  now(): number;
  /** Calls `then` after `ms`; returns how to give it up. */
  after(ms: number, then: () => void): () => void;
}

export const systemClock: TimerClock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
