import {
  type EngineFinal,
  type EngineListener,
  type EngineOptions,
  type EngineSession,
  sampleRate,
  type SpeechEngine,
} from '../../src/speech/engine.ts';

/** Louder is tone, quieter is silence. */
const threshold = 1_500;
/** A tone has ended after so much silence. */
const pause = sampleRate / 10;

export interface ToneEngineOptions {
  wants?: SpeechEngine['wants'];
  /** Called before each final; what it throws kills the session, the final is not given. */
  beforeFinal?: (final: EngineFinal) => void;
  /** Called with each piece of sound; what it throws kills the session. */
  onWrite?: (pcm: Int16Array) => void;
  /** In place of a look that finds it. */
  look?: () => Promise<void>;
  onOpen?: (options: EngineOptions) => void;
}

/**
 * An engine that hears bursts of tone: each becomes a final at once, whose text is its pitch in Hz,
 * to the nearest 10, and what is quiet is done.
 */
export class ToneEngine implements SpeechEngine {
  readonly name = 'tones';
  readonly wants: SpeechEngine['wants'];
  readonly sessions = new Set<ToneSession>();
  /** How many sessions were opened. */
  opened = 0;
  private readonly options: ToneEngineOptions;

  constructor(options: ToneEngineOptions = {}) {
    this.options = options;
    this.wants = options.wants ?? 'stream';
  }

  look(): Promise<void> {
    return this.options.look?.() ?? Promise.resolve();
  }

  async open(options: EngineOptions, listener: EngineListener): Promise<EngineSession> {
    this.options.onOpen?.(options);
    this.opened += 1;
    const session: ToneSession = new ToneSession(this.options, listener, () =>
      this.sessions.delete(session),
    );
    this.sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    for (const session of this.sessions) session.close();
  }
}

/** Public to be killed by a test. */
export class ToneSession implements EngineSession {
  private readonly options: ToneEngineOptions;
  private readonly listener: EngineListener;
  private readonly onOver: () => void;
  private at = 0;
  private tone: { start: number; end: number; crossings: number; last: number } | null = null;
  private isOver = false;

  constructor(options: ToneEngineOptions, listener: EngineListener, onOver: () => void) {
    this.options = options;
    this.listener = listener;
    this.onOver = onOver;
  }

  write(pcm: Int16Array): boolean {
    if (this.isOver) return true;
    try {
      this.options.onWrite?.(pcm);
      for (const sample of pcm) this.hear(sample);
      if (!this.tone && !this.isOver) this.listener.handleProgress(this.at);
    } catch (error) {
      this.die(error as Error);
    }
    return true;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  endUtterance(): void {
    this.endTone();
    if (!this.isOver) this.listener.handleProgress(this.at);
  }

  async finish(): Promise<void> {
    this.endTone();
    if (this.isOver) throw new Error('the session has ended');
    this.close();
  }

  close(): void {
    this.isOver = true;
    this.onOver();
  }

  die(error = new Error('killed')): void {
    if (this.isOver) return;
    this.close();
    this.listener.handleFailure(error);
  }

  private hear(sample: number): void {
    this.at += 1;
    const { tone } = this;
    if (Math.abs(sample) < threshold) {
      if (tone && this.at - tone.end >= pause) this.endTone();
      return;
    }
    if (!tone) {
      this.tone = { start: this.at - 1, end: this.at, crossings: 0, last: sample };
      return;
    }
    if (sample > 0 !== tone.last > 0) {
      tone.crossings += 1;
      tone.last = sample;
      this.listener.handlePartial({ text: '…', start: tone.start });
    }
    tone.end = this.at;
  }

  private endTone(): void {
    const { tone } = this;
    this.tone = null;
    if (!tone || this.isOver) return;
    const { start, end, crossings } = tone;
    const hz = (crossings * sampleRate) / (end - start) / 2;
    const text = String(Math.round(hz / 10) * 10);
    const words = [{ text, start, end, confidence: 0.9 }];
    const final = { text, start, end, confidence: 0.9, words, speaker: null };
    try {
      this.options.beforeFinal?.(final);
      this.listener.handleFinal(final);
    } catch (error) {
      this.die(error as Error);
    }
  }
}
