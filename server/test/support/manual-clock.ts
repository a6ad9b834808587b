import type { TimerClock } from '../../src/dialogue/kernel/timer-clock.ts';

/** A clock that a test moves by hand: time passes only in `pass`, and timers go off in it. */
export class ManualClock implements TimerClock {
  private time: number;
  private readonly waiting = new Set<{ at: number; then: () => void }>();

  constructor(startsAt: number) {
    this.time = startsAt;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.time + ms, then };
    this.waiting.add(timer);
    return () => this.waiting.delete(timer);
  }

  /** Lets `ms` pass; what goes off meanwhile goes off at its own time, in order. */
  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const due = [...this.waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.waiting.delete(due);
      this.time = Math.max(this.time, due.at);
      due.then();
    }
    this.time = until;
  }
}
