import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../bench/report.ts';
import type { Random } from './random.ts';

/** What a simulated dialogue counts while it runs. */
export class Tally {
  readonly done = new Map<string, number>();
  readonly refused = new Map<string, number>();
  readonly answerMs: number[] = [];
  drops = 0;
  resent = 0;

  count(name: string): void {
    this.done.set(name, (this.done.get(name) ?? 0) + 1);
  }

  refuse(name: string, code: string): void {
    const key = `${name}: ${code}`;
    this.refused.set(key, (this.refused.get(key) ?? 0) + 1);
  }

  get commands(): number {
    return [...this.done.values()].reduce((sum, count) => sum + count, 0);
  }

  /** A command's answer, in ms. */
  get answerP99Ms(): number {
    return quantile(this.answerMs, 0.99);
  }
}

export interface WorldOptions {
  random: Random;
  /** How long people come in and the dialogue is held, in ms. */
  lengthMs: number;
  /** How long what people take a second for takes them, in seconds; left out: by the length. */
  pace?: number;
}

/** A dialogue that people behave in takes about so long, in ms: shorter ones are quicker in all. */
const naturalMs = 40 * 60_000;

/**
 * The time of a simulated dialogue. A short run is not a cut-off long one: everything that people
 * wait for is shorter by the same share.
 */
export class World {
  readonly tally = new Tally();
  readonly random: Random;
  readonly lengthMs: number;
  readonly pace: number;
  private readonly stopping = new AbortController();
  private beganAt = Date.now();

  constructor({ random, lengthMs, pace }: WorldOptions) {
    this.random = random;
    this.lengthMs = lengthMs;
    this.pace = pace ?? Math.min(1, Math.max(0.01, lengthMs / naturalMs));
  }

  begin(): void {
    this.beganAt = Date.now();
  }

  /** How much of it is over, 0 to 1. */
  get share(): number {
    return Math.min(1, (Date.now() - this.beganAt) / this.lengthMs);
  }

  get isOver(): boolean {
    return this.stopping.signal.aborted;
  }

  stop(): void {
    this.stopping.abort();
  }

  /** What people take `naturalMs` for. Comes back early, with `false`, when it is over. */
  pause(naturalMs: number): Promise<boolean> {
    return this.wait(naturalMs * this.pace);
  }

  /** Until that share of the dialogue is over. */
  until(share: number): Promise<boolean> {
    return this.wait((share - this.share) * this.lengthMs);
  }

  private async wait(ms: number): Promise<boolean> {
    if (ms > 0 && !this.isOver) {
      await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => {});
    }
    return !this.isOver;
  }
}
