import type { TimerClock } from '../dialogue/kernel/timer-clock.ts';
import type { RunName } from './spool/shelf.ts';
import { backoffMs } from './transcription/backoff.ts';

/**
 * Runs that have ended and are not transcribed, one after the other. One that the engine fails on
 * goes behind the others.
 */
export class LateRuns {
  private readonly clock: TimerClock;
  private readonly work: (run: RunName) => Promise<boolean>;
  private readonly waiting: RunName[] = [];
  private working: Promise<void> = Promise.resolve();
  private isWorking = false;
  private failures = 0;
  private isClosed = false;
  private wakeUp: (() => void) | null = null;

  /** `work` says whether the run is done; it never rejects. */
  constructor(clock: TimerClock, work: (run: RunName) => Promise<boolean>) {
    this.clock = clock;
    this.work = work;
  }

  /** Those of a dialogue that wait or are under way. */
  of(dialogueId: string): number {
    return this.waiting.filter((run) => run.dialogueId === dialogueId).length;
  }

  /** The engine fails on them. */
  get isFailing(): boolean {
    return this.failures > 0;
  }

  add(run: RunName): void {
    if (this.isClosed) return;
    this.waiting.push(run);
    if (!this.isWorking) this.working = this.goOn();
  }

  /** Begins no other one; resolves when the one under way has come to its end. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.wakeUp?.();
    await this.working;
  }

  private async goOn(): Promise<void> {
    this.isWorking = true;
    for (let run = this.waiting[0]; run && !this.isClosed; run = this.waiting[0]) {
      const isDone = await this.work(run);
      this.waiting.shift();
      this.failures = isDone ? 0 : this.failures + 1;
      if (isDone || this.isClosed) continue;
      this.waiting.push(run);
      await this.pause(backoffMs(this.failures, Math.random));
    }
    // In the same moment as the last look: what is added after it finds nobody at work.
    this.isWorking = false;
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const giveUp = this.clock.after(ms, resolve);
      this.wakeUp = () => {
        giveUp();
        resolve();
      };
    });
    this.wakeUp = null;
  }
}
