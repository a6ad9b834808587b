import type { Logger } from 'pino';
import type { EngineFinal, EngineListener, EnginePartial, EngineWord } from '../engine.ts';
import { sampleRate } from '../engine.ts';

export type EngineLog = Pick<Logger, 'info' | 'warn'>;

/** Times that every engine has; milliseconds. */
export interface EngineTimes {
  /** How long an engine may take to be ready for sound. */
  openMs: number;
  /** How long one that owes an answer, or room for more sound, may be silent. */
  stallMs: number;
  /** How long the end of a session may take. */
  finishMs: number;
}

export const usualTimes: EngineTimes = { openMs: 120_000, stallMs: 30_000, finishMs: 60_000 };

/** Longest text that one final or partial keeps, in UTF-16 units: minutes of speech. */
const maxText = 4_000;
const maxWords = 1_000;
/** Shorter ones are no speech: 20 ms. */
const shortestFinal = sampleRate / 50;
/** Results and faults that a second of sound may bring, and how many may gather. */
const resultsPerSecond = 200;
const maxAllowance = 2_000;

/** What a session is opened with by its engine. */
export interface SessionParts {
  log: EngineLog;
  times: EngineTimes;
  /** Called once, when it has ended in any way. */
  handleEnd(): void;
}

interface CoreOptions {
  engine: string;
  listener: EngineListener;
  log: EngineLog;
  times: EngineTimes;
  /** Gives back what the session holds: its process, its connection. Called once. */
  dispose(): void;
}

/**
 * What the port promises of a session, kept in one place for all engines: finals in order and not
 * overlapping, one failure, nothing after the end, bounds on whatever an engine says. Positions and
 * texts come as the engine has them; what breaks the order is dropped and counted.
 */
export class SessionCore {
  private readonly options: CoreOptions;
  private written = 0;
  private done = 0;
  private allowance = maxAllowance / 2;
  private faults = 0;
  private hasPartial = false;
  private isFull = false;
  private over = false;
  private waiting: (() => void)[] = [];
  private watchdog: NodeJS.Timeout | undefined;
  private ending: {
    promise: Promise<void>;
    resolve(): void;
    reject(error: Error): void;
    timer: NodeJS.Timeout;
  } | null = null;

  constructor(options: CoreOptions) {
    this.options = options;
  }

  /** Samples given so far. */
  get position(): number {
    return this.written;
  }

  /** Up to where all is final or quiet. */
  get settled(): number {
    return this.done;
  }

  get isOver(): boolean {
    return this.over;
  }

  get isFinishing(): boolean {
    return this.ending !== null;
  }

  /** Counts what was given. */
  take(samples: number): void {
    this.written += samples;
    const earned = (samples / sampleRate) * resultsPerSecond;
    this.allowance = Math.min(maxAllowance, this.allowance + earned);
  }

  partial({ text, start }: EnginePartial): void {
    if (this.over || !this.spend()) return;
    const tidied = tidy(text, maxText);
    if (tidied === '' && !this.hasPartial) return;
    this.hasPartial = tidied !== '';
    this.options.listener.handlePartial({ text: tidied, start: this.within(start, this.done) });
  }

  final(said: EngineFinal): void {
    if (this.over || !this.spend()) return;
    const text = tidy(said.text, maxText);
    const start = this.within(said.start, this.done);
    const end = this.within(said.end, start);
    if (text === '') return this.progress(end);
    if (end - start < shortestFinal) return this.fault('a final that is not after the one before');
    this.done = end;
    this.hasPartial = false;
    this.options.listener.handleFinal({
      text,
      start,
      end,
      confidence: share(said.confidence),
      words: said.words === null ? null : tidyWords(said.words, start, end),
      speaker: said.speaker === null ? null : tidy(said.speaker, 80) || null,
    });
  }

  progress(position: number): void {
    if (this.over) return;
    const reached = this.within(position, this.done);
    if (reached === this.done || !this.spend()) return;
    this.done = reached;
    this.options.listener.handleProgress(reached);
  }

  /** Something that the engine said wrong: told to the log once, and to all in the end. */
  fault(what: string): void {
    if (this.over || !this.spend()) return;
    this.faults += 1;
    if (this.faults > 1) return;
    this.options.log.warn({ engine: this.options.engine, what }, 'the speech engine said nonsense');
  }

  /** Whether the next write has to wait. */
  setFull(isFull: boolean): void {
    this.isFull = isFull && !this.over;
    if (this.isFull) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** False while full; what `write` answers. */
  get hasRoom(): boolean {
    return !this.isFull;
  }

  drained(): Promise<void> {
    if (!this.isFull) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The engine owes something from now on (true), or nothing any more. */
  watch(isOwing: boolean): void {
    clearTimeout(this.watchdog);
    if (!isOwing || this.over) return;
    const { stallMs } = this.options.times;
    this.watchdog = setTimeout(() => {
      this.fail(new Error(`the speech engine stalled: nothing for ${stallMs} ms`));
    }, stallMs);
  }

  /** Begins the end: `start` tells the engine; `complete` or `fail` settles what this returns. */
  finish(start: () => void): Promise<void> {
    if (this.ending) return this.ending.promise;
    if (this.over) return Promise.reject(new Error('the session has ended already'));
    const { finishMs } = this.options.times;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.fail(new Error(`the speech engine did not finish within ${finishMs} ms`));
    }, finishMs);
    this.ending = { promise, resolve, reject, timer };
    start();
    return promise;
  }

  /** The engine has said all; a session that was not asked to finish is dead by that. */
  complete(): void {
    if (this.over) return;
    if (!this.ending) return this.fail(new Error('the speech engine ended by itself'));
    this.progress(this.written);
    this.end();
    this.ending.resolve();
  }

  /** The session is dead: told once. */
  fail(error: Error): void {
    if (this.over) return;
    this.end();
    this.ending?.reject(error);
    this.options.listener.handleFailure(error);
  }

  close(): void {
    if (this.over) return;
    this.end();
    this.ending?.reject(new Error('the session was closed'));
  }

  private end(): void {
    this.over = true;
    clearTimeout(this.watchdog);
    clearTimeout(this.ending?.timer);
    const { engine, log, dispose } = this.options;
    if (this.faults > 1) {
      log.warn(
        { engine, faults: this.faults },
        'a session of the speech engine had nonsense in it',
      );
    }
    this.setFull(false);
    dispose();
  }

  private spend(): boolean {
    this.allowance -= 1;
    if (this.allowance >= 0) return true;
    this.fail(new Error('the speech engine floods: too many results for so little sound'));
    return false;
  }

  private within(position: number, low: number): number {
    const whole = Number.isFinite(position) ? Math.round(position) : low;
    return Math.min(this.written, Math.max(low, whole));
  }
}

function tidy(text: string, max: number): string {
  return text
    .slice(0, max)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
}

const share = (value: number | null) =>
  value === null || !Number.isFinite(value) ? null : Math.min(1, Math.max(0, value));

/** The words within their final, one after the other; `null` where there is none left. */
function tidyWords(words: readonly EngineWord[], start: number, end: number): EngineWord[] | null {
  let at = start;
  const kept = words.slice(0, maxWords).flatMap((word) => {
    const text = tidy(word.text, 100);
    if (text === '' || !Number.isFinite(word.start) || !Number.isFinite(word.end)) return [];
    const from = Math.min(end, Math.max(at, Math.round(word.start)));
    at = Math.min(end, Math.max(from, Math.round(word.end)));
    return [{ text, start: from, end: at, confidence: share(word.confidence) }];
  });
  return kept.length === 0 ? null : kept;
}
