import type { TimerClock } from '../../dialogue/kernel/timer-clock.ts';
import { removeRuns } from './shelf.ts';

const dayMs = 86_400_000;
const everyMs = 3_600_000;

export interface ExpiryOptions {
  dir: string;
  keepDays: number;
  clock: TimerClock;
  onError: (error: unknown, dialogueId: string) => void;
}

/** Removes sound that ended `keepDays` ago: at the start, then every hour. */
export class Expiry {
  private readonly options: ExpiryOptions;
  private stopWaiting: (() => void) | null = null;
  private isClosed = false;

  constructor(options: ExpiryOptions) {
    this.options = options;
  }

  /** Resolves when what is too old now is gone. Never rejects. */
  async start(): Promise<void> {
    const { dir, keepDays, clock, onError } = this.options;
    try {
      await removeRuns(dir, clock.now() - keepDays * dayMs);
    } catch (error) {
      onError(error, '');
    }
    if (!this.isClosed) this.stopWaiting = clock.after(everyMs, () => void this.start());
  }

  /** Idempotent. */
  close(): void {
    this.isClosed = true;
    this.stopWaiting?.();
  }
}
