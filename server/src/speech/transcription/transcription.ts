import type { TimerClock } from '../../dialogue/kernel/timer-clock.ts';
import { type EngineFinal, sampleRate, type SpeechEngine } from '../engine.ts';
import type { HeardLine, LineWriter, TranscriptSink } from '../ports.ts';
import type { Run } from '../spool/run.ts';
import { backoffMs } from './backoff.ts';
import { Hearing } from './hearing.ts';
import { lineIdOf } from './line-id.ts';
import { LineQueue } from './line-queue.ts';
import { isWell } from './well.ts';

const samplesPerMs = sampleRate / 1_000;
/** A line that comes later than this after it was spoken is late, ms. */
const lateMs = 10_000;
/** Of an engine, in the log. */
const longestName = 120;
/** After so many sessions that died of the same sound the sound itself is doubted. */
const manyFailures = 6;
/** As much of it is left out at once: what somebody says in a breath. */
const longestGap = 10 * sampleRate;
/** Stands where nothing could be heard, in every language. */
const gapText = '[…]';
/** Silence moves the cursor on the disk in steps of this. */
const silenceStep = 5 * sampleRate;

export interface TranscriptionOptions {
  run: Run;
  engine: SpeechEngine;
  language: string;
  writer: LineWriter;
  sink: TranscriptSink;
  clock: TimerClock;
  /** Words that still change, and the sample of the run that they begin at; null: none any more. */
  onPartial: (partial: { text: string; start: number } | null) => void;
  /** The engine has written something down. */
  onHeard: () => void;
  /** Told of what is tried again: an engine that failed, a log that could not be written. */
  onError: (error: unknown) => void;
  random?: () => number;
}

/**
 * Takes one run through an engine into the log: in order, each word once, whatever dies meanwhile.
 * The cursor on the disk moves when a line stands in the log; what is behind it is heard again by
 * the next session.
 */
export class Transcription {
  private readonly options: TranscriptionOptions;
  private readonly random: () => number;
  private readonly lines: LineQueue;
  private readonly stopping = new AbortController();
  private hearing: Hearing | null = null;
  private hasFailed = false;
  private isStopped = false;
  private wakeUp: (() => void) | null = null;
  /** Where the cursor stands on the disk. */
  private keptTo = 0;
  /** What waits behind the last line. */
  private doneTo: { to: number } | null = null;

  constructor(options: TranscriptionOptions) {
    this.options = options;
    this.random = options.random ?? Math.random;
    this.lines = new LineQueue({ ...options, random: this.random });
  }

  /** How many samples are not done. */
  get behind(): number {
    return Math.max(0, this.options.run.samples - this.options.run.cursor.to);
  }

  /** How many samples no session was given yet. */
  get waiting(): number {
    return this.hearing?.isOpen ? this.hearing.waiting : this.behind;
  }

  /** The newest session has failed, and no other stands yet. */
  get isDown(): boolean {
    return this.hasFailed && this.hearing?.isOpen !== true;
  }

  /**
   * Resolves when the run has ended and is done (`done`), when it has ended and the engine fails
   * (`later`), or after `stop`.
   */
  async work(): Promise<'done' | 'later' | 'stopped'> {
    const { run, onError } = this.options;
    try {
      await this.lookUp();
      for (let attempt = 0; !this.isStopped;) {
        const before = run.cursor.to;
        const isEngineWell = await this.isEngineWell();
        try {
          await this.hearOnce();
          if (!this.isStopped) return this.finish();
        } catch (error) {
          if (this.isStopped) break;
          this.hasFailed = true;
          onError(error);
          if (run.cursor.to === before) await this.doubtSound(isEngineWell);
          if (run.isEnded) return 'later';
          attempt = run.cursor.to > before ? 0 : attempt + 1;
          await this.pause(backoffMs(attempt, this.random));
        }
      }
      return 'stopped';
    } finally {
      this.options.onPartial(null);
    }
  }

  /** Ends it at once, wherever it is; what is not done stays on the disk. Idempotent. */
  stop(): void {
    this.isStopped = true;
    this.stopping.abort();
    this.lines.stop();
    this.hearing?.close();
    this.wakeUp?.();
  }

  /** What a crash kept from the disk, the log knows. */
  private async lookUp(): Promise<void> {
    const { run, sink } = this.options;
    const { dialogueId, runId } = run.card;
    this.lines.push(async () => {
      const heardMs = await sink.heardUntil(dialogueId, runId);
      const to = (heardMs ?? 0) * samplesPerMs;
      if (to <= run.cursor.lineEnd) return;
      run.moveCursor({ to: Math.max(to, run.cursor.to), lineEnd: to });
    });
    await this.lines.settled();
    this.keptTo = run.cursor.to;
  }

  private async hearOnce(): Promise<void> {
    const { run, engine, language, writer, onPartial, onHeard } = this.options;
    this.hearing = null;
    const hotWords = await writer.hotWords(run.card.dialogueId);
    const { lines } = this;
    const hearing = new Hearing({
      run,
      engine,
      language,
      hotWords,
      from: Math.min(run.cursor.to, run.samples),
      listener: {
        handlePartial: onPartial,
        handleFinal: (final) => {
          onHeard();
          onPartial(null);
          this.doneTo = null;
          const heardAt = this.options.clock.now();
          return lines.push(() => this.tell(final, heardAt));
        },
        handleDone: (to) => this.handleDone(to),
        room: () => lines.room(),
      },
    });
    this.hearing = hearing;
    if (this.isStopped) return hearing.close();
    try {
      await hearing.hear();
      this.hasFailed = false;
    } finally {
      onPartial(null);
      // The next one begins behind what this one has heard.
      await lines.settled();
    }
  }

  /** Whether it is, as far as that matters: nobody asks before the sound is doubted. */
  private async isEngineWell(): Promise<boolean> {
    const { run, engine, language } = this.options;
    if (run.failures < manyFailures) return false;
    return isWell(engine, { language, hotWords: [] }, this.stopping.signal);
  }

  /**
   * A session died before it heard anything. Where many have at that place, and this one right after
   * the engine was well, the sound is at fault, and would hold up all that follows: a stretch of it
   * is left out, with a line in its place. An engine that cannot be reached never comes here.
   */
  private async doubtSound(wasEngineWell: boolean): Promise<void> {
    const { run, clock, onError } = this.options;
    if (this.hearing?.hasGiven !== true) return;
    if (run.failures < manyFailures) return run.noteFailure();
    if (!wasEngineWell) return;
    const start = run.cursor.to;
    const end = Math.min(run.samples, start + longestGap);
    onError(new Error(`sound that no session outlives is left out: ${start} to ${end}`));
    const gap = { text: gapText, start, end, confidence: 0, words: null, speaker: null };
    this.lines.push(() => this.tell(gap, clock.now()));
    await this.lines.settled();
  }

  private async tell(final: EngineFinal, heardAt: number): Promise<void> {
    const { run, sink } = this.options;
    const { dialogueId } = run.card;
    const line = await this.lineOf(final, heardAt);
    await sink.hear(dialogueId, line);
    this.hasFailed = false;
    const lineEnd = line.audio.endMs * samplesPerMs;
    run.moveCursor({ to: Math.max(final.end, run.cursor.to), lineEnd });
    this.keptTo = run.cursor.to;
  }

  private async lineOf(final: EngineFinal, heardAt: number): Promise<HeardLine> {
    const { run, engine, writer } = this.options;
    const { runId, dialogueId, bridgePointId } = run.card;
    const lineEndMs = run.cursor.lineEnd / samplesPerMs;
    const startMs = Math.max(lineEndMs, Math.round(final.start / samplesPerMs));
    const endMs = Math.max(startMs + 1, Math.round(final.end / samplesPerMs));
    const startedAt = Math.round(run.clock.epochAt(final.start));
    const endedAt = startedAt + endMs - startMs;
    const raw = final.text.trim();
    const { text, words } =
      raw === gapText
        ? { text: raw, words: null }
        : await writer.write(dialogueId, { ...final, text: raw });
    return {
      lineId: lineIdOf(runId, lineEndMs),
      runId,
      bridgePointId,
      startedAt,
      endedAt,
      text,
      raw,
      words,
      confidence: final.confidence,
      engine: engine.name.slice(0, longestName),
      isLate: heardAt - endedAt > lateMs,
      audio: { startMs, endMs },
      speakerName: final.speaker,
    };
  }

  /** After the lines before it; of silence that follows silence only the end counts. */
  private handleDone(to: number): void {
    if (this.doneTo) return void (this.doneTo.to = to);
    const done = (this.doneTo = { to });
    this.lines.push(async () => {
      if (this.doneTo === done) this.doneTo = null;
      this.moveOn(done.to);
    });
  }

  private moveOn(to: number): void {
    const { run } = this.options;
    if (to <= run.cursor.to) return;
    const isKept = to - this.keptTo >= silenceStep;
    run.moveCursor({ ...run.cursor, to }, isKept);
    if (isKept) this.keptTo = to;
  }

  private finish(): 'done' {
    const { run } = this.options;
    run.moveCursor({ to: Math.max(run.samples, run.cursor.to), lineEnd: run.cursor.lineEnd });
    return 'done';
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
}
