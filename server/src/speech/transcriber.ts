import type { TranscribingSignal } from '@nhip-cau/shared/protocol/signals';
import type { TimerClock } from '../dialogue/kernel/timer-clock.ts';
import { sampleRate, type SpeechEngine } from './engine.ts';
import { LateRuns } from './late-runs.ts';
import type { LineWriter, TranscriptSink } from './ports.ts';
import { Run } from './spool/run.ts';
import { type RunName, unfinishedRuns } from './spool/shelf.ts';
import { transcribingSignal } from './transcribing-signal.ts';
import { Transcription } from './transcription/transcription.ts';

const samplesPerMs = sampleRate / 1_000;

/** A run on its way through the engine. */
export interface ActiveRun {
  readonly run: Run;
  readonly transcription: Transcription;
}

export interface TranscriberOptions {
  engine: SpeechEngine;
  language: string;
  /** Where runs are kept. */
  dir: string;
  writer: LineWriter;
  sink: TranscriptSink;
  clock: TimerClock;
  /** Words that still change, and the sample that they begin at; null: none any more. */
  onPartial: (of: ActiveRun, partial: { text: string; start: number } | null) => void;
  onHeard: () => void;
  onRetry: (error: unknown, dialogueId: string) => void;
  onError: (error: unknown, dialogueId: string) => void;
}

/** Takes runs through the engine: as they grow, or late, one after the other. */
export class Transcriber {
  private readonly options: TranscriberOptions;
  private readonly working = new Set<ActiveRun>();
  private readonly late: LateRuns;
  private isClosed = false;

  constructor(options: TranscriberOptions) {
    this.options = options;
    this.late = new LateRuns(options.clock, (run) => this.finishLate(run));
  }

  /** Goes on with what was left unfinished. Rejects when that cannot be read. */
  async start(): Promise<void> {
    for (const run of await unfinishedRuns(this.options.dir)) this.late.add(run);
  }

  /** Resolves when a run that grows has ended, and is done or put aside for later. */
  async transcribe(run: Run): Promise<void> {
    if ((await this.work(run)) === 'later') this.late.add(run.card);
  }

  /** Those of a dialogue. */
  underWay(dialogueId: string): ActiveRun[] {
    return [...this.working].filter(({ run }) => run.card.dialogueId === dialogueId);
  }

  /** Whether something of a dialogue is still to be transcribed. */
  owes(dialogueId: string): boolean {
    return this.late.of(dialogueId) > 0 || this.underWay(dialogueId).length > 0;
  }

  /** What the desk is told of a dialogue of which so many microphones are open. */
  signalOf(dialogueId: string, microphones: number): TranscribingSignal {
    const { engine, clock } = this.options;
    const runs = this.underWay(dialogueId).map(({ run, transcription }) => ({
      isEnded: run.isEnded,
      isDown: transcription.isDown,
      waitingMs: transcription.waiting / samplesPerMs,
      ageMs: clock.now() - run.clock.epochAt(run.cursor.to),
    }));
    const late = { waiting: this.late.of(dialogueId), isFailing: this.late.isFailing };
    return transcribingSignal(engine.name, microphones, runs, late);
  }

  /** Ends the sessions, and begins no other. Runs that grow are to be ended by whoever began them. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { transcription } of this.working) transcription.stop();
    await this.late.close();
  }

  private async finishLate({ dialogueId, runId }: RunName): Promise<boolean> {
    const fail = (error: unknown) => this.options.onError(error, dialogueId);
    try {
      const run = await Run.open(this.options.dir, dialogueId, runId, fail);
      return run === null || (await this.work(run)) === 'done';
    } catch (error) {
      // What cannot be read now will not be read later: it is not tried until the next start.
      fail(error);
      return true;
    }
  }

  private async work(run: Run): Promise<'done' | 'later' | 'stopped'> {
    const { onPartial, onRetry, ...options } = this.options;
    const working: ActiveRun = {
      run,
      transcription: new Transcription({
        ...options,
        run,
        onPartial: (partial) => onPartial(working, partial),
        onError: (error) => onRetry(error, run.card.dialogueId),
      }),
    };
    this.working.add(working);
    if (this.isClosed) working.transcription.stop();
    try {
      return await working.transcription.work();
    } finally {
      await run.close();
      this.working.delete(working);
    }
  }
}
