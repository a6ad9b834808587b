import { ReaderBusy } from '../dialogue/attachments/ports.ts';

export interface TurnLimits {
  /** Files read at once. */
  atOnce: number;
  /** Files that may wait their turn behind those, and as many of guests. */
  waiting: number;
}

interface Waiting {
  guest: string | undefined;
  begin: () => void;
}

/**
 * Whose file is read next. Guests come after all others and one at a time, so that strangers never
 * keep every reader busy; among them, whoever was not served last comes first.
 */
export class Turns {
  private readonly limits: TurnLimits;
  private readonly known: Waiting[] = [];
  private readonly guests: Waiting[] = [];
  private running = 0;
  private isGuestRunning = false;
  private lastGuest: string | undefined;

  constructor(limits: TurnLimits) {
    this.limits = limits;
  }

  /** Runs `work` when its turn has come. Throws `ReaderBusy` when too many wait already. */
  async take<Result>(guest: string | undefined, work: () => Promise<Result>): Promise<Result> {
    const line = guest === undefined ? this.known : this.guests;
    const mayBegin =
      this.running < this.limits.atOnce && (guest === undefined || !this.isGuestRunning);
    if (!mayBegin && line.length >= this.limits.waiting) throw new ReaderBusy();
    await new Promise<void>((begin) => {
      line.push({ guest, begin });
      this.beginNext();
    });
    try {
      return await work();
    } finally {
      this.running -= 1;
      if (guest !== undefined) this.isGuestRunning = false;
      this.beginNext();
    }
  }

  private beginNext(): void {
    if (this.running >= this.limits.atOnce) return;
    const next = this.known.shift() ?? this.nextGuest();
    if (next === undefined) return;
    this.running += 1;
    next.begin();
    this.beginNext();
  }

  private nextGuest(): Waiting | undefined {
    if (this.isGuestRunning || this.guests.length === 0) return undefined;
    const other = this.guests.findIndex(({ guest }) => guest !== this.lastGuest);
    const [next] = this.guests.splice(Math.max(other, 0), 1);
    this.isGuestRunning = true;
    this.lastGuest = next!.guest;
    return next;
  }
}
