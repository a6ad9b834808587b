import { rungs } from '@nhip-cau/shared/protocol/media-sources';
import type { Rung } from '@nhip-cau/shared/protocol/media';

/** How a page's line carried what flowed, over one interval. */
export interface LineSample {
  readonly elapsedMs: number;
  /** Packets that came. */
  readonly packets: number;
  /** Of all packets, those that did not come and were not sent again in time: 0 … 1. */
  readonly lost: number;
  /** Of the sound played, what had to be made up: 0 … 1. */
  readonly concealed: number;
  /** Of the interval, how long pictures stood still: 0 … 1. */
  readonly frozen: number;
}

type Verdict = 'good' | 'fair' | 'poor' | 'terrible' | 'unknown';

type Bounds = Pick<LineSample, 'lost' | 'concealed' | 'frozen'>;

/** A line that does this for `fallAfterMs` falls a rung; one that is terrible falls at once. */
const poor: Bounds = { lost: 0.15, concealed: 0.04, frozen: 0.25 };
const terrible: Bounds = { lost: 0.35, concealed: 0.25, frozen: 1 };
/** A line that does no worse than this may climb: 5 % of loss is what many halls live with. */
const good: Bounds = { lost: 0.08, concealed: 0.01, frozen: 0.03 };
/** A computer too busy to play in time loses nothing on the line, and a lower rung cures nothing. */
const lossOfLine = 0.01;

const fallAfterMs = 4_000;
/** Without sound and pictures there is nothing to measure: the line is tried again after this. */
const captionsMs = 30_000;
const climbAfterMs = 10_000;
const longestClimbMs = 160_000;
/** A fall so soon after a climb says that the climb was a mistake, and the next one waits longer. */
const regretMs = 20_000;
/** What arrives just after a change was sent before it. */
const settleMs = 2_000;

function exceeds({ concealed, frozen, lost }: LineSample, bound: Bounds): boolean {
  if (lost > bound.lost) return true;
  return lost > lossOfLine && (concealed > bound.concealed || frozen > bound.frozen);
}

function verdictOf(sample: LineSample, rung: Rung): Verdict {
  if (rung === 'captions') return 'good';
  if (sample.packets === 0) return 'unknown';
  // A still picture stands still, and sound alone has none.
  const moves = rung === 'video' || rung === 'small';
  const measured = moves ? sample : { ...sample, frozen: 0 };
  if (exceeds(measured, terrible)) return 'terrible';
  if (exceeds(measured, poor)) return 'poor';
  return exceeds(measured, good) ? 'fair' : 'good';
}

/**
 * The rung of a page's line: falls quickly while the line is poor, climbs back slowly when it is
 * good, and more slowly each time that a climb proved too early.
 */
export class Ladder {
  #rung: Rung;
  #sinceChangeMs = settleMs;
  #poorMs = 0;
  #goodMs = 0;
  #climbAfterMs = climbAfterMs;
  #climbed = false;

  constructor(rung: Rung = 'video') {
    this.#rung = rung;
  }

  get rung(): Rung {
    return this.#rung;
  }

  /** Gives the rung from now on. */
  handleSample(sample: LineSample): Rung {
    this.#sinceChangeMs += sample.elapsedMs;
    if (this.#sinceChangeMs <= settleMs) return this.#rung;
    const verdict = verdictOf(sample, this.#rung);
    if (verdict === 'unknown') return this.#rung;
    const isPoor = verdict === 'poor' || verdict === 'terrible';
    this.#poorMs = isPoor ? this.#poorMs + sample.elapsedMs : 0;
    this.#goodMs = verdict === 'good' ? this.#goodMs + sample.elapsedMs : 0;
    if (this.#climbed && this.#sinceChangeMs > regretMs) {
      this.#climbed = false;
      this.#climbAfterMs = climbAfterMs;
    }
    if (verdict === 'terrible' || this.#poorMs >= fallAfterMs) this.#fall();
    else if (this.#goodMs >= this.#waitMs()) this.#climb();
    return this.#rung;
  }

  #waitMs(): number {
    return this.#rung === 'captions'
      ? Math.max(captionsMs, this.#climbAfterMs)
      : this.#climbAfterMs;
  }

  #fall(): void {
    if (this.#climbed) this.#climbAfterMs = Math.min(2 * this.#climbAfterMs, longestClimbMs);
    this.#move(1, false);
  }

  #climb(): void {
    this.#move(-1, true);
  }

  #move(by: 1 | -1, climbed: boolean): void {
    const to = rungs[rungs.indexOf(this.#rung) + by];
    this.#poorMs = 0;
    this.#goodMs = 0;
    if (to === undefined) return;
    this.#rung = to;
    this.#sinceChangeMs = 0;
    this.#climbed = climbed;
  }
}
