import type { TimerClock } from '../dialogue/kernel/timer-clock.ts';
import type { SpeechEngine } from './engine.ts';

/** How long after a look in vain the next one is. */
const againMs = 15_000;

export interface EngineWatchOptions {
  engine: SpeechEngine;
  clock: TimerClock;
  /** Told what is wrong with it, each time that it is something else; `null` once it is there. */
  onLook: (fault: Error | null) => void;
}

/**
 * Looks at an engine from the start until it is there, so that one that is not is known before
 * anybody speaks. Later on its sessions tell how it fares.
 */
export class EngineWatch {
  private readonly options: EngineWatchOptions;
  private told: string | null = null;
  private isOver = false;
  private giveUp: (() => void) | null = null;

  constructor(options: EngineWatchOptions) {
    this.options = options;
  }

  /** The last look was in vain, and nothing was heard since. */
  get isMissing(): boolean {
    return this.told !== null && !this.isOver;
  }

  /** Returns at once. */
  start(): void {
    void this.look();
  }

  /** It hears, so it is there, whatever the looks said. */
  handleHeard(): void {
    if (this.isOver) return;
    this.close();
    this.options.onLook(null);
  }

  /** Idempotent. */
  close(): void {
    this.isOver = true;
    this.giveUp?.();
  }

  private async look(): Promise<void> {
    try {
      await this.options.engine.look();
      this.handleHeard();
    } catch (error) {
      if (this.isOver) return;
      const fault = error instanceof Error ? error : new Error(String(error));
      if (fault.message !== this.told) this.options.onLook(fault);
      this.told = fault.message;
      this.giveUp = this.options.clock.after(againMs, () => void this.look());
    }
  }
}
