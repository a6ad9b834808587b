import {
  type EngineFinal,
  type EngineListener,
  type EnginePartial,
  type EngineSession,
  sampleRate,
  type SpeechEngine,
} from '../engine.ts';
import type { Run } from '../spool/run.ts';
import { UtteranceCutter } from '../voice/utterance-cutter.ts';
import { VoiceDetector } from '../voice/voice-detector.ts';
import { Positions } from './positions.ts';

/** Longest piece that is read and written at once. */
const piece = sampleRate;
/** A line has a length, whatever the engine says: 10 ms. */
const shortest = sampleRate / 100;

/** What one session hears; positions are the run's samples. */
export interface HearingListener {
  handlePartial(partial: EnginePartial): void;
  /** False: it says more than can be taken; it is ended. */
  handleFinal(final: EngineFinal): boolean;
  handleDone(to: number): void;
  /** Resolves when more may be said. */
  room(): Promise<void>;
}

interface Parts {
  run: Run;
  engine: SpeechEngine;
  hotWords: readonly string[];
  language: string;
  /** The first sample that it hears. */
  from: number;
  listener: HearingListener;
}

/** One session of an engine: gives it a run's sound from a sample on, and tells what it heard. */
export class Hearing implements EngineListener {
  private readonly parts: Parts;
  private readonly positions = new Positions();
  private readonly failed: Promise<never>;
  private fail!: (error: Error) => void;
  private session: EngineSession | null = null;
  private voice: { cutter: UtteranceCutter; detector: VoiceDetector } | null = null;
  private isOver = false;
  private isFull = false;
  /** The next sample to be given. */
  private next: number;
  /** No utterance begins before it: done once all that was given is. */
  private silentTo: number;
  /** The session's position up to which it is done, and the run's end of its last final. */
  private done = 0;
  private lastEnd: number;

  constructor(parts: Parts) {
    this.parts = parts;
    this.next = this.silentTo = this.lastEnd = parts.from;
    this.failed = new Promise((_, reject) => (this.fail = reject));
    this.failed.catch(() => {});
  }

  /** How many samples of the run wait to be given. */
  get waiting(): number {
    return Math.max(0, this.parts.run.samples - this.next);
  }

  /** Whether the session was given any sound. */
  get hasGiven(): boolean {
    return this.positions.given > 0;
  }

  /** Whether the engine has taken it in. */
  get isOpen(): boolean {
    return this.session !== null && !this.isOver;
  }

  /** Resolves when the run has ended and all of it is heard. Rejects when the session dies. */
  async hear(): Promise<void> {
    const { engine, hotWords, language } = this.parts;
    try {
      const opening = engine.open({ language, hotWords }, this);
      // It may stand only when nobody wants it any more.
      opening.then((session) => this.isOver && session.close()).catch(() => {});
      this.session = await Promise.race([opening, this.failed]);
      if (engine.wants === 'utterances') await this.openCutter();
      await Promise.race([this.feed(), this.failed]);
      await Promise.race([this.session.finish(), this.failed]);
    } finally {
      this.close();
    }
  }

  /** Ends it at once. Idempotent. */
  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.session?.close();
    this.voice?.detector.close();
    this.fail(new Error('nobody listens any more'));
  }

  handlePartial({ text, start }: EnginePartial): void {
    if (this.isOver || this.positions.given === 0) return;
    const at = Math.max(0, Math.min(start, this.positions.given - 1));
    this.parts.listener.handlePartial({ text, start: this.positions.sampleAt(at) });
  }

  handleFinal(final: EngineFinal): void {
    if (this.isOver) return;
    const heard = this.inRun(final);
    if (heard === null) return this.handleFailure(new Error('it says more than it was given'));
    if (final.text.trim() !== '') {
      if (!this.parts.listener.handleFinal(heard)) {
        return this.handleFailure(new Error('it says more than can be taken'));
      }
      this.lastEnd = heard.end;
    }
    this.handleProgress(final.end);
  }

  handleProgress(position: number): void {
    if (this.isOver || !(position > this.done) || this.positions.given === 0) return;
    this.done = Math.min(position, this.positions.given);
    this.positions.forgetBefore(this.done - 1);
    this.tellDone();
  }

  handleFailure(error: Error): void {
    this.fail(error);
    this.close();
  }

  private async openCutter(): Promise<void> {
    const detector = await VoiceDetector.open();
    const isVoice = (frame: Int16Array) => detector.isVoice(frame);
    const cutter = new UtteranceCutter(isVoice, this.next, {
      handleSpeech: (pcm, at) => this.write(pcm, at),
      handleEnd: () => this.session?.endUtterance(),
      handleSilence: (to) => {
        this.silentTo = to;
        this.tellDone();
      },
    });
    this.voice = { cutter, detector };
    if (this.isOver) detector.close();
  }

  private async feed(): Promise<void> {
    const { run, listener } = this.parts;
    while (!this.isOver) {
      if (this.next < run.samples) {
        const pcm = run.recent(this.next, piece) ?? (await run.read(this.next, piece));
        if (this.isOver) return;
        const at = this.next;
        this.next += pcm.length;
        if (this.voice) this.voice.cutter.push(pcm);
        else this.write(pcm, at);
        if (this.isFull) await this.session?.drained();
        this.isFull = false;
        await listener.room();
      } else if (run.isEnded) break;
      else await run.grown(this.next);
    }
    if (!this.isOver) this.voice?.cutter.flush();
  }

  private write(pcm: Int16Array, at: number): void {
    if (this.isOver || !this.session) return;
    this.positions.add(at, pcm.length);
    if (!this.session.write(pcm)) this.isFull = true;
  }

  /** Where nothing waits in the session, silence that it was not given is done too. */
  private tellDone(): void {
    const { positions, parts } = this;
    const isIdle = this.done >= positions.given;
    const heard = this.done === 0 ? parts.from : positions.endAt(this.done);
    parts.listener.handleDone(isIdle && this.voice ? Math.max(heard, this.silentTo) : heard);
  }

  /** The final in the run's samples, in order and within what was given; null: there is no room. */
  private inRun(final: EngineFinal): EngineFinal | null {
    const { positions } = this;
    if (positions.given === 0) return null;
    const within = (at: number) => Math.max(0, Math.min(Math.round(at) || 0, positions.given));
    const first = (at: number) => positions.sampleAt(Math.min(within(at), positions.given - 1));
    const last = (at: number) => positions.endAt(within(at));
    const end = Math.min(Math.max(last(final.end), this.lastEnd + shortest), last(Infinity));
    const start = Math.max(this.lastEnd, Math.min(first(final.start), end - 1));
    if (end <= start) return null;
    const inLine = (at: number) => Math.max(start, Math.min(at, end));
    const words = final.words?.map((word) => ({
      ...word,
      start: inLine(first(word.start)),
      end: inLine(last(word.end)),
    }));
    return { ...final, start, end, words: words ?? null };
  }
}
