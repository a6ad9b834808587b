import type { Duplex } from 'node:stream';
import type { Socket } from 'socket.io';
import { answerFrame } from './encoder.ts';
import { type Intake, isCommand } from './intake.ts';
import { type ReadRequest, readRequest } from './reading.ts';

/** Above this, in bytes, what waits to leave is not added to by what the server says unasked. */
export const busyBytes = 64 * 1_024;
/** With so much waiting, in bytes, beside the largest answer, a line that asks for more is cut. */
const maxQueuedBytes = 1_024 * 1_024;

/** So many commands waiting to be read come from no page. */
const mostUnread = 1_000;

/** What became of a frame that nobody asked for. */
export type Passed = 'written' | 'busy' | 'closed';

/** What a page asks; `answer` takes JSON, once, and is there where an answer is awaited. */
export interface LineRequest {
  event: string;
  payload: unknown;
  answer: ((json: string) => void) | null;
}

export interface LineListener {
  handleRequest(request: LineRequest): void;
  /** Once, whoever ended it. */
  handleGone(): void;
}

/** Those that hold back what is written to them until the end of this step of the event loop. */
let holding: Line[] = [];

function releaseAll(): void {
  const lines = holding;
  holding = [];
  for (const line of lines) line.release();
}

/**
 * One socket of Socket.IO's that was let in. The library keeps it: frames in, pings, goodbyes. What
 * is asked is read here from the text that Engine.IO gives out, and what is said, be it to one or to
 * thousands, is a whole frame, written straight to the stream as long as nothing of the library's
 * waits before it.
 */
export class Line {
  readonly id: string;
  /** Whoever deals with what comes; none: it is dropped. */
  listener: LineListener | null = null;
  /** Where its commands wait for their turn; none: they are read as they come. */
  intake: Intake | null = null;
  /** Commands that wait for their turn. */
  private unread = 0;
  /** Requests that are not answered yet. */
  private awaited = 0;
  /** What is held back, and its bytes. */
  private held: Buffer[] | null = null;
  private heldBytes = 0;
  /** Kept here, and not asked of the socket: so little is looked at for each of thousands. */
  private isConnected = true;
  private readonly socket: Socket;
  private readonly connection: Connection;
  private readonly stream: Duplex;
  /** Of what was asked for and may still wait, in bytes: a whole board takes a slow line long. */
  private largestAnswer = 0;

  constructor(socket: Socket) {
    this.id = socket.id;
    this.socket = socket;
    const { connection, stream, readRest } = internals(socket);
    this.connection = connection;
    this.stream = stream;
    connection.off('data', readRest);
    const read = (text: unknown) => {
      const request = readRequest(text);
      if (request) this.take(request);
      else readRest(text);
    };
    const readInTurn = (text: string) => {
      this.unread -= 1;
      read(text);
    };
    connection.on('data', (text) => {
      if (!this.intake || !isCommand(text)) return read(text);
      this.unread += 1;
      // What is not read is not counted as anybody's requests yet.
      if (this.unread > mostUnread) this.cut();
      else this.intake.take(text, readInTurn);
    });
    socket.on('disconnect', () => {
      this.isConnected = false;
      this.listener?.handleGone();
      this.listener = null;
    });
  }

  get isOpen(): boolean {
    return this.isConnected && this.stream.writable;
  }

  /** Bytes that wait to leave this process, those that Engine.IO still holds back among them. */
  get queuedBytes(): number {
    let bytes = this.stream.writableLength + this.heldBytes;
    for (const { data, options } of this.connection.writeBuffer) {
      bytes += data?.length ?? options.wsPreEncodedFrame?.[0]?.length ?? 0;
    }
    return bytes;
  }

  /** Writes what was asked for; whoever asks and does not read is cut. */
  write(frame: Buffer): void {
    if (!this.isOpen) return;
    if (this.takes(frame.length)) this.put(frame);
    else this.cut();
  }

  /** Writes what nobody asked for, unless too much waits already; then see `onceFree`. */
  pass(frame: Buffer): Passed {
    if (!this.isOpen) return 'closed';
    if (this.stream.writableLength + this.heldBytes > busyBytes) return 'busy';
    this.put(frame);
    return 'written';
  }

  /** What is written meanwhile leaves together: one call of the kernel, one packet. */
  together(write: () => void): void {
    this.stream.cork();
    write();
    this.stream.uncork();
  }

  /** Calls once all that waited has left; after a `pass` that was `busy`. */
  onceFree(handle: () => void): void {
    this.stream.once('drain', handle);
  }

  /** Says goodbye. */
  end(): void {
    this.release();
    this.socket.disconnect(true);
  }

  /** Gone at once. */
  cut(): void {
    this.stream.destroy();
  }

  /** Whether so many bytes more may wait. */
  private takes(bytes: number): boolean {
    const waiting = this.queuedBytes;
    if (waiting === 0) this.largestAnswer = 0;
    if (waiting > maxQueuedBytes + this.largestAnswer) return false;
    this.largestAnswer = Math.max(this.largestAnswer, bytes);
    return true;
  }

  /**
   * The answer to a request often follows what its asker is told of it: both then leave together,
   * with one call of the kernel.
   */
  private put(frame: Buffer): void {
    if (this.held === null && this.awaited === 0) return this.send(frame);
    this.heldBytes += frame.length;
    if (this.held !== null) {
      this.held.push(frame);
      return;
    }
    this.held = [frame];
    // Behind the promises by which answers come, whoever is running now.
    if (holding.push(this) === 1) queueMicrotask(() => process.nextTick(releaseAll));
  }

  release(): void {
    const frames = this.held;
    if (frames === null) return;
    this.held = null;
    this.heldBytes = 0;
    if (this.isOpen) this.send(frames.length === 1 ? frames[0]! : Buffer.concat(frames));
  }

  /** Behind all that was written before it, whoever wrote it. */
  private send(frames: Buffer): void {
    const { connection } = this;
    if (connection.writeBuffer.length === 0) this.stream.write(frames);
    else connection.write('', { compress: false, wsPreEncodedFrame: [frames] });
  }

  private take({ event, payload, answerId }: ReadRequest): void {
    if (this.listener === null) return;
    if (answerId === null) return this.listener.handleRequest({ event, payload, answer: null });
    this.awaited += 1;
    const intake = event === 'command' ? this.intake : null;
    intake?.handleRead();
    const answer = (json: string) => {
      intake?.handleAnswered();
      this.awaited -= 1;
      if (!this.isOpen) return;
      const frame = answerFrame(answerId, json);
      // Whoever asks and does not read is cut here too.
      if (!this.takes(frame.length)) return this.cut();
      this.put(frame);
      if (this.awaited === 0) this.release();
    };
    this.listener.handleRequest({ event, payload, answer });
  }
}

interface SendOptions {
  compress?: boolean;
  wsPreEncodedFrame?: Buffer[];
}

interface Connection {
  writeBuffer: readonly { data?: string; options: SendOptions }[];
  write(data: string, options: SendOptions): void;
  on(event: 'data', handle: Reader): void;
  off(event: 'data', handle: Reader): void;
}

type Reader = (text: unknown) => void;

/**
 * What Socket.IO does not show of a WebSocket: what Engine.IO still holds back, the stream under it,
 * and who reads its text. The packages are pinned to one version, and the gateway's tests stand on
 * them.
 */
function internals(socket: Socket) {
  const { conn, client } = socket as unknown as {
    conn: Connection & { transport: { socket: { _socket: Duplex } } };
    client: { ondata: Reader };
  };
  return {
    connection: conn as Connection,
    stream: conn.transport.socket._socket,
    readRest: client.ondata,
  };
}
