import { type EngineListener, type EngineSession, sampleRate } from '../../engine.ts';
import { Pieces } from '../pieces.ts';
import { SessionCore, type SessionParts } from '../session-core.ts';
import type { Heard } from './recogniser.ts';
import type { RecogniserHandle } from './recogniser-handle.ts';

/** A tenth of a second: soon enough for captions, and seldom enough to be cheap. */
const pieceSamples = sampleRate / 10;
/** What may be on its way to the process. */
const fullAt = 4 * sampleRate;

/** One stream in a recogniser's process; each piece is answered once it was heard. */
export class StreamSession implements EngineSession {
  private readonly core: SessionCore;
  private readonly handle: RecogniserHandle;
  private readonly stream: number;
  private readonly pieces = new Pieces();
  private answered = 0;

  constructor(
    engine: string,
    handle: RecogniserHandle,
    listener: EngineListener,
    { log, times, handleEnd }: SessionParts,
  ) {
    this.handle = handle;
    this.core = new SessionCore({
      engine,
      listener,
      log,
      times,
      dispose: () => {
        handle.closeStream(this.stream);
        this.pieces.clear();
        handleEnd();
      },
    });
    this.stream = handle.openStream({
      handleHeard: (heard, samples) => this.handleHeard(heard, samples),
      handleFinished: (heard) => {
        this.tell(heard);
        this.core.complete();
      },
      handleGone: (error) => this.core.fail(error),
    });
  }

  write(pcm: Int16Array): boolean {
    const { core } = this;
    if (core.isOver || core.isFinishing) return true;
    core.take(pcm.length);
    this.pieces.push(pcm);
    if (this.pieces.length >= pieceSamples) this.send();
    const waiting = core.position - this.answered;
    if (waiting > 4 * fullAt) core.fail(new Error('more was written than there was room for'));
    else if (waiting > fullAt) core.setFull(true);
    return core.hasRoom;
  }

  drained(): Promise<void> {
    return this.core.drained();
  }

  endUtterance(): void {
    // The model hears the pause itself.
  }

  finish(): Promise<void> {
    return this.core.finish(() => {
      if (this.pieces.length > 0) this.send();
      this.handle.finishStream(this.stream);
    });
  }

  close(): void {
    this.core.close();
  }

  private send(): void {
    this.handle.hear(this.stream, this.pieces.take());
  }

  private handleHeard(heard: Heard, samples: number): void {
    this.answered += samples;
    if (this.core.position - this.answered <= fullAt / 2) this.core.setFull(false);
    this.tell(heard);
  }

  private tell({ finals, partial, quietUntil, isNonsense }: Heard): void {
    if (isNonsense) this.core.fault('a result that cannot be read');
    for (const final of finals) this.core.final(final);
    if (partial) this.core.partial(partial);
    this.core.progress(quietUntil);
  }
}
