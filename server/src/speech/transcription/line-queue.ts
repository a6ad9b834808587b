import type { TimerClock } from '../../dialogue/kernel/timer-clock.ts';
import { backoffMs } from './backoff.ts';

/** So many lines may wait for the log before no more sound is given to the engine. */
const manyWaiting = 32;
/** An engine that says more than this before the log takes it says what it was not asked. */
const maxWaiting = 1_000;

export interface LineQueueOptions {
  clock: TimerClock;
  random: () => number;
  onError: (error: unknown) => void;
}

/** What is to be done with each line, one after the other, each until it is done. */
export class LineQueue {
  private readonly options: LineQueueOptions;
  private readonly tasks: (() => Promise<void>)[] = [];
  private working: Promise<void> = Promise.resolve();
  private isWorking = false;
  private isStopped = false;
  private wakeUp: (() => void) | null = null;
  private waiting: (() => void)[] = [];

  constructor(options: LineQueueOptions) {
    this.options = options;
  }

  /** Does `task` after those before it, again and again until it succeeds. False: too many wait. */
  push(task: () => Promise<void>): boolean {
    if (this.tasks.length >= maxWaiting) return false;
    this.tasks.push(task);
    if (!this.isWorking) this.working = this.work();
    return true;
  }

  /** Resolves when few wait. */
  async room(): Promise<void> {
    while (this.tasks.length >= manyWaiting && !this.isStopped) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Resolves when nothing waits any more, or the queue was stopped. */
  async settled(): Promise<void> {
    while (this.isWorking) await this.working;
  }

  /** Begins nothing more; what is under way is finished. */
  stop(): void {
    this.isStopped = true;
    this.wakeUp?.();
    this.wake();
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    for (let task = this.tasks[0]; task && !this.isStopped; task = this.tasks[0]) {
      for (let attempt = 0; !this.isStopped; attempt += 1) {
        try {
          await task();
          break;
        } catch (error) {
          this.options.onError(error);
          await this.pause(backoffMs(attempt, this.options.random));
        }
      }
      if (this.isStopped) break;
      this.tasks.shift();
      this.wake();
    }
    // In the same moment as the last look: what is pushed after it finds nobody at work.
    this.isWorking = false;
  }

  private async pause(ms: number): Promise<void> {
    if (this.isStopped) return;
    await new Promise<void>((resolve) => {
      const giveUp = this.options.clock.after(ms, resolve);
      this.wakeUp = () => {
        giveUp();
        resolve();
      };
    });
    this.wakeUp = null;
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
