import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import type { SyncAnswer } from '@nhip-cau/shared/protocol/socket';
import { WebSocket } from 'ws';

export interface LightClientOptions {
  /** `http://HOST:PORT`. */
  url: string;
  principal: string;
  dialogueId: string;
  /** The whole `Cookie` header. */
  cookie: string;
  page?: 'screen';
  /** Address of this machine to connect from: each has ports of its own. */
  localAddress?: string;
  /** How long connecting and each request may take, in ms. */
  timeoutMs?: number;
}

/** What the server said instead of letting the socket in. */
export class ConnectRefused extends Error {
  readonly refusal: ProtocolError;

  constructor(refusal: ProtocolError) {
    super(refusal.code);
    this.name = 'ConnectRefused';
    this.refusal = refusal;
  }
}

/** The socket went away before there was an answer: it may or may not have been carried out. */
export class ConnectionLost extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ConnectionLost';
  }
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

const defaultTimeoutMs = 20_000;
// Engine.IO 4 packet types as text: https://socket.io/docs/v4/engine-io-protocol/
const opened = 0x30;
const ping = 0x32;
const message = 0x34;
// Socket.IO 5 packet types, behind Engine.IO's `4`: https://socket.io/docs/v4/socket-io-protocol/
const connected = 0x30;
const disconnected = 0x31;
const event = 0x32;
const ack = 0x33;
const refused = 0x34;

/**
 * A client of the live channel that costs next to nothing: just the text frames of Engine.IO 4 and
 * Socket.IO 5 that are needed, on a bare WebSocket. Many thousands fit into one process.
 */
export class LightClient {
  readonly dialogueId: string;
  /** Every frame first; what it answers `true` to is dealt with and not parsed. */
  onFrame: ((frame: Buffer) => boolean) | null = null;
  onDelivery: ((delivery: Delivery) => void) | null = null;
  onSignal: ((message: SignalMessage) => void) | null = null;
  /** Any other event of the server: `revoked`, `refused`, `media:*`. */
  onEvent: ((name: string, payload: unknown) => void) | null = null;
  /** Called once when the socket is gone, whoever closed it. */
  onClose: (() => void) | null = null;
  private readonly socket: WebSocket;
  private readonly timeoutMs: number;
  private waiting: Map<number, Waiting> | null = null;
  private nextId = 0;

  private constructor(options: LightClientOptions) {
    this.dialogueId = options.dialogueId;
    this.timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    const { cookie, localAddress } = options;
    const address = `${options.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.socket = new WebSocket(address, {
      headers: { cookie },
      perMessageDeflate: false,
      skipUTF8Validation: true,
      ...(localAddress ? { localAddress } : {}),
    });
  }

  /** Connects; rejects with `ConnectRefused` or `ConnectionLost`. */
  static async connect(options: LightClientOptions): Promise<LightClient> {
    const client = new LightClient(options);
    await client.open(options);
    return client;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Bytes that this side has not yet handed to the kernel. */
  get bufferedBytes(): number {
    return this.socket.bufferedAmount;
  }

  /** Any request with any payload, and the answer. Rejects with `ConnectionLost`. */
  request<T>(name: string, payload: unknown): Promise<T> {
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      if (!this.isOpen) return reject(new ConnectionLost('the socket is closed'));
      const timer = setTimeout(() => {
        this.waiting?.delete(id);
        reject(new ConnectionLost(`no answer to ${name} within ${this.timeoutMs} ms`));
      }, this.timeoutMs);
      this.waiting ??= new Map();
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, timer });
      this.socket.send(requestText(id, name, payload));
    });
  }

  send<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    commandId: string = randomUUID(),
  ): Promise<CommandOutcome> {
    return this.request('command', this.envelope(name, payload, commandId));
  }

  sync(cursors?: Record<string, number>): Promise<SyncAnswer> {
    const { dialogueId } = this;
    return this.request('sync', cursors ? { dialogueId, cursors } : { dialogueId });
  }

  /** Sends the first half of a command's frame and is gone. */
  cutInFrame<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    commandId: string = randomUUID(),
  ): void {
    const text = requestText(this.nextId++, 'command', this.envelope(name, payload, commandId));
    const frame = maskedFrame(Buffer.from(text));
    const { _socket: stream } = this.socket as unknown as { _socket: Socket };
    stream.write(frame.subarray(0, Math.ceil(frame.length / 2)), () => stream.destroy());
  }

  /** Stops reading, as a phone in a tunnel does: what is sent to it piles up on its way. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Gone at once, without a goodbye. */
  destroy(): void {
    this.socket.terminate();
  }

  /** Says goodbye. */
  close(): void {
    if (this.isOpen) this.socket.send('41');
    this.socket.close();
  }

  private envelope(name: string, payload: unknown, commandId: string) {
    return { commandId, dialogueId: this.dialogueId, name, payload };
  }

  private open({ principal, dialogueId, page }: LightClientOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const { socket } = this;
      const timer = setTimeout(() => {
        socket.terminate();
        reject(new ConnectionLost(`not connected within ${this.timeoutMs} ms`));
      }, this.timeoutMs);
      const admit = (frame: Buffer) => {
        if (frame[0] === opened) {
          socket.send(`40${JSON.stringify({ principal, dialogueId, ...(page ? { page } : {}) })}`);
          return;
        }
        if (frame[0] !== message) return this.take(frame);
        clearTimeout(timer);
        socket.off('message', admit);
        if (frame[1] !== connected) {
          socket.terminate();
          const { data, message: code } = JSON.parse(frame.toString('utf8', 2)) as {
            message: string;
            data?: ProtocolError;
          };
          return reject(
            frame[1] === refused && data ? new ConnectRefused(data) : new ConnectionLost(code),
          );
        }
        socket.on('message', (next: Buffer) => this.take(next));
        resolve();
      };
      socket.on('message', admit);
      socket.on('error', (error) => {
        clearTimeout(timer);
        reject(new ConnectionLost(error.message));
      });
      socket.on('close', () => {
        clearTimeout(timer);
        reject(new ConnectionLost('the socket was closed'));
        this.handleClosed();
      });
    });
  }

  private take(frame: Buffer): void {
    if (frame[0] === ping) {
      this.socket.send('3');
      return;
    }
    if (this.onFrame?.(frame)) return;
    if (frame[0] !== message) return;
    if (frame[1] === event) return this.takeEvent(frame.toString('utf8', 2));
    if (frame[1] === ack) return this.takeAnswer(frame.toString('utf8', 2));
    if (frame[1] === disconnected) this.socket.close();
  }

  private takeEvent(text: string): void {
    const [name, payload] = JSON.parse(text) as [string, unknown];
    if (name === 'delivery') this.onDelivery?.(payload as Delivery);
    else if (name === 'signal') this.onSignal?.(payload as SignalMessage);
    else this.onEvent?.(name, payload);
  }

  private takeAnswer(text: string): void {
    const body = text.indexOf('[');
    const id = Number(text.slice(0, body));
    const waiting = this.waiting?.get(id);
    if (!waiting) return;
    this.waiting?.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve((JSON.parse(text.slice(body)) as unknown[])[0]);
  }

  private handleClosed(): void {
    for (const { reject, timer } of this.waiting?.values() ?? []) {
      clearTimeout(timer);
      reject(new ConnectionLost('the socket was closed'));
    }
    this.waiting = null;
    this.onClose?.();
    this.onClose = null;
  }
}

/** One text frame of a client (RFC 6455, 5.2), of at most 65,535 bytes; the masking key is 0. */
function maskedFrame(payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = 0x81;
  head[1] = 0x80 | 126;
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

const requestText = (id: number, name: string, payload: unknown) =>
  `42${id}${JSON.stringify([name, payload])}`;
