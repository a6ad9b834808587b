import type { WebSocket } from 'ws';
import { type EngineListener, type EngineSession, sampleRate } from '../../engine.ts';
import { toBytes } from '../pcm.ts';
import { Pieces } from '../pieces.ts';
import { SessionCore, type SessionParts } from '../session-core.ts';
import { type Answer, configMessage, endOfSound, parseAnswer } from './messages.ts';

/** The server answers every piece: a tenth of a second is soon enough for captions. */
const pieceSamples = sampleRate / 10;
/** What may be unanswered; more than that is more than it keeps up with. */
const fullAt = 4 * sampleRate;
const fullBytes = 2 * fullAt;
/** A model looks ahead: what it has said nothing about yet may be a word's beginning. */
const lookAhead = sampleRate;

/** A session of Vosk's server: one connection, one answer for each piece of sound. */
export class VoskSession implements EngineSession {
  private readonly core: SessionCore;
  private readonly socket: WebSocket;
  private readonly pieces = new Pieces();
  /** Ends of the pieces that are not answered yet. */
  private readonly unanswered: number[] = [];
  private answered = 0;

  constructor(
    engine: string,
    socket: WebSocket,
    listener: EngineListener,
    { log, times, handleEnd }: SessionParts,
  ) {
    this.socket = socket;
    this.core = new SessionCore({
      engine,
      listener,
      log,
      times,
      dispose: () => {
        socket.terminate();
        this.pieces.clear();
        handleEnd();
      },
    });
    socket.on('message', (message, isBinary) => {
      this.handleAnswer(isBinary ? null : parseAnswer(String(message)));
    });
    socket.on('error', (error) => this.core.fail(error));
    socket.on('close', (code) => {
      const isAnswered = this.core.isFinishing && this.unanswered.length === 0;
      if (isAnswered) this.core.complete();
      else this.core.fail(new Error(`the Vosk server closed the connection (${code})`));
    });
    socket.send(configMessage);
  }

  write(pcm: Int16Array): boolean {
    const { core } = this;
    if (core.isOver || core.isFinishing) return true;
    core.take(pcm.length);
    this.pieces.push(pcm);
    if (this.pieces.length >= pieceSamples) this.send();
    const waiting = core.position - this.answered;
    if (waiting > 4 * fullAt) core.fail(new Error('more was written than there was room for'));
    else if (waiting > fullAt || this.socket.bufferedAmount > fullBytes) core.setFull(true);
    return core.hasRoom;
  }

  drained(): Promise<void> {
    return this.core.drained();
  }

  endUtterance(): void {
    // The server hears the pause itself.
  }

  finish(): Promise<void> {
    return this.core.finish(() => {
      if (this.pieces.length > 0) this.send();
      this.unanswered.push(this.core.position);
      this.socket.send(endOfSound);
    });
  }

  close(): void {
    this.core.close();
  }

  private send(): void {
    this.socket.send(toBytes(this.pieces.take()));
    this.unanswered.push(this.core.position);
    if (this.unanswered.length === 1) this.core.watch(true);
  }

  private handleAnswer(answer: Answer | null): void {
    const { core } = this;
    this.answered = this.unanswered.shift() ?? this.answered;
    core.watch(this.unanswered.length > 0);
    if (core.position - this.answered <= fullAt / 2) core.setFull(false);
    if (answer === null) core.fault('a message that is not of the Vosk protocol');
    else this.tell(answer);
  }

  private tell(answer: Answer): void {
    const { core } = this;
    if (answer.kind === 'final') {
      const { start = core.settled, end = this.answered, ...rest } = answer.final;
      if (rest.text.trim() !== '') core.final({ ...rest, start, end });
      // One that does not close by itself; what it has still to say comes before its own close.
      if (core.isFinishing && this.unanswered.length === 0) this.socket.close();
    } else {
      core.partial({ text: answer.text, start: core.settled });
      if (answer.text === '') core.progress(this.answered - lookAhead);
    }
  }
}
