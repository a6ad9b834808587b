/** A stretch of the run that was given to the session, in samples. */
interface Stretch {
  session: number;
  run: number;
  length: number;
}

/** Which sample of the run each sample is that one session of an engine was given. */
export class Positions {
  private readonly stretches: Stretch[] = [];
  private total = 0;

  /** How many samples were given. */
  get given(): number {
    return this.total;
  }

  /** The next `length` samples of the session are the run's from `run` on. */
  add(run: number, length: number): void {
    const last = this.stretches.at(-1);
    if (last && last.run + last.length === run) last.length += length;
    else this.stretches.push({ session: this.total, run, length });
    this.total += length;
  }

  /** The run's sample that is the session's `at`, which was given. */
  sampleAt(at: number): number {
    const stretch = this.stretches.findLast(({ session }) => session <= at) ?? this.stretches[0]!;
    return stretch.run + (at - stretch.session);
  }

  /** The run's end of what ends in the session before `at`. */
  endAt(at: number): number {
    return this.sampleAt(Math.max(0, at - 1)) + 1;
  }

  /** Nothing before the session's `at` is asked for any more. */
  forgetBefore(at: number): void {
    const keep = this.stretches.findLastIndex(({ session }) => session <= at);
    if (keep > 0) this.stretches.splice(0, keep);
  }
}
