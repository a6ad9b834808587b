import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { parsePacket, type Packet } from './packets.ts';

/** Above this, in bytes, what waits to leave is not added to by what the server says unasked. */
export const busyBytes = 64 * 1_024;
/** Above this, in bytes, a line that asks for still more is cut. */
const maxQueuedBytes = 1_024 * 1_024;

/** What became of a frame that nobody asked for. */
export type Passed = 'written' | 'busy' | 'closed';

export interface LineListener {
  handlePacket(packet: Packet): void;
  /** Once, whoever ended it. */
  handleGone(): void;
}

/**
 * One WebSocket. The library reads it; what is written are whole frames, straight to its stream,
 * because a frame that goes to thousands is made once.
 */
export class Line {
  /** Whoever deals with what comes; none: it is dropped. */
  listener: LineListener | null = null;
  /** A ping went out and nothing came since. */
  isAwaited = false;
  /** Turns of the heartbeat without a sign of life, while something still waited to leave. */
  silentTurns = 0;
  /** Its place in the heartbeat. */
  slot = 0;
  private readonly webSocket: WebSocket;
  private readonly stream: Duplex;

  constructor(webSocket: WebSocket, stream: Duplex, handleClosed: (line: Line) => void) {
    this.webSocket = webSocket;
    this.stream = stream;
    webSocket.on('message', (message: Buffer, isBinary: boolean) => this.take(message, isBinary));
    webSocket.on('close', () => {
      handleClosed(this);
      this.listener?.handleGone();
      this.listener = null;
    });
    // What goes wrong is followed by `close`.
    webSocket.on('error', () => {});
  }

  get isOpen(): boolean {
    return this.webSocket.readyState === this.webSocket.OPEN && this.stream.writable;
  }

  /** Bytes that wait to leave this process. */
  get queuedBytes(): number {
    return this.stream.writableLength;
  }

  /** Writes what was asked for; whoever asks and does not read is cut. */
  write(frame: Buffer): void {
    if (!this.isOpen) return;
    if (this.stream.writableLength > maxQueuedBytes) this.cut();
    else this.stream.write(frame);
  }

  /** Writes what nobody asked for, unless too much waits already; then see `onceFree`. */
  pass(frame: Buffer): Passed {
    if (!this.isOpen) return 'closed';
    if (this.stream.writableLength > busyBytes) return 'busy';
    this.stream.write(frame);
    return 'written';
  }

  /** Calls once all that waited has left; after a `pass` that was `busy`. */
  onceFree(handle: () => void): void {
    this.stream.once('drain', handle);
  }

  /** Says goodbye, with a last frame before it. */
  end(frame?: Buffer, code?: number): void {
    if (frame && this.isOpen) this.stream.write(frame);
    this.webSocket.close(code);
  }

  /** Gone at once. */
  cut(): void {
    this.webSocket.terminate();
  }

  private take(message: Buffer, isBinary: boolean): void {
    this.isAwaited = false;
    this.silentTurns = 0;
    const packet = isBinary ? null : parsePacket(message.toString());
    if (packet === null) this.cut();
    else if (packet.type === 'close') this.end();
    else if (packet.type !== 'pong' && packet.type !== 'ignored') {
      this.listener?.handlePacket(packet);
    }
  }
}
