import {
  type EngineFinal,
  type EngineListener,
  type EngineSession,
  sampleRate,
} from '../engine.ts';
import { isSilent } from './pcm.ts';
import { Pieces } from './pieces.ts';
import { SessionCore, type SessionParts } from './session-core.ts';

/** Longer ones are cut: models of utterances hear half a minute at most. */
const longestUtterance = 25 * sampleRate;
/** Where the cut is looked for: in the quietest tenth of a second of the last five. */
const cutWithin = 5 * sampleRate;
const cutFrame = sampleRate / 10;
/** What waits in memory: full, and open again. */
const fullAt = 60 * sampleRate;
const openAt = 30 * sampleRate;

interface Parts extends SessionParts {
  engine: string;
  listener: EngineListener;
  /**
   * The text of one utterance, positions from its first sample. Rejects when it cannot be had,
   * which ends the session; `signal` says that nobody waits for it any more.
   */
  transcribe(pcm: Int16Array, signal: AbortSignal): Promise<EngineFinal[]>;
}

/** A session for engines that hear one utterance at a time: in order, one after the other. */
export class UtteranceSession implements EngineSession {
  private readonly core: SessionCore;
  private readonly transcribe: Parts['transcribe'];
  private readonly abort = new AbortController();
  private readonly pieces = new Pieces();
  private readonly queue: Int16Array[] = [];
  private queued = 0;
  private isBusy = false;

  constructor({ transcribe, handleEnd, ...rest }: Parts) {
    this.transcribe = transcribe;
    this.core = new SessionCore({
      ...rest,
      dispose: () => {
        this.abort.abort();
        this.pieces.clear();
        this.queue.length = 0;
        handleEnd();
      },
    });
  }

  write(pcm: Int16Array): boolean {
    const { core } = this;
    if (core.isOver || core.isFinishing) return true;
    core.take(pcm.length);
    this.pieces.push(pcm);
    while (this.pieces.length >= longestUtterance) this.cut();
    const held = this.queued + this.pieces.length;
    if (held > 2 * fullAt) core.fail(new Error('more was written than there was room for'));
    else if (held > fullAt) core.setFull(true);
    return core.hasRoom;
  }

  drained(): Promise<void> {
    return this.core.drained();
  }

  endUtterance(): void {
    if (this.core.isOver || this.pieces.length === 0) return;
    this.enqueue(this.pieces.take());
  }

  finish(): Promise<void> {
    this.endUtterance();
    return this.core.finish(() => void this.work());
  }

  close(): void {
    this.core.close();
  }

  private cut(): void {
    const all = this.pieces.take();
    const at = quietest(all.subarray(0, longestUtterance));
    this.pieces.push(all.subarray(at));
    this.enqueue(all.slice(0, at));
  }

  private enqueue(utterance: Int16Array): void {
    this.queue.push(utterance);
    this.queued += utterance.length;
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
        await this.hear(next);
        if (this.core.isOver) return;
        this.queue.shift();
        this.queued -= next.length;
        if (this.queued + this.pieces.length <= openAt) this.core.setFull(false);
      }
      if (this.core.isFinishing) this.core.complete();
    } catch (error) {
      this.core.fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.isBusy = false;
    }
  }

  private async hear(utterance: Int16Array): Promise<void> {
    const start = this.core.position - this.queued - this.pieces.length;
    const finals = isSilent(utterance) ? [] : await this.transcribe(utterance, this.abort.signal);
    const end = start + utterance.length;
    for (const final of finals) this.core.final(moved(final, start, end));
    this.core.progress(end);
  }
}

/** The same, counted from the session's first sample; never beyond its utterance. */
function moved(final: EngineFinal, by: number, end: number): EngineFinal {
  return {
    ...final,
    start: final.start + by,
    end: Math.min(end, final.end + by),
    words:
      final.words?.map((word) => ({ ...word, start: word.start + by, end: word.end + by })) ?? null,
  };
}

/** Middle of the quietest frame near the end. */
function quietest(pcm: Int16Array): number {
  let best = pcm.length;
  let least = Infinity;
  for (let at = pcm.length - cutWithin; at + cutFrame <= pcm.length; at += cutFrame) {
    const energy = pcm.subarray(at, at + cutFrame).reduce((sum, one) => sum + one * one, 0);
    if (energy >= least) continue;
    least = energy;
    best = at + cutFrame / 2;
  }
  return best;
}
