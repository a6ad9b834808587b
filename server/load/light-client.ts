import { randomUUID } from 'node:crypto';
import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import type { SyncAnswer } from '@nhip-cau/shared/protocol/socket';
import { TextSocket, type TextSocketHandlers } from './text-socket.ts';

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
 * Socket.IO 5 that are needed, on a bare stream. Many thousands fit into one process.
 */
export class LightClient {
  readonly dialogueId: string;
  /**
   * Every frame first; what it answers `true` to is dealt with and not parsed. The frame lies in a
   * shared buffer: it is good until the hook returns.
   */
  onFrame: ((frame: Buffer) => boolean) | null = null;
  onDelivery: ((delivery: Delivery) => void) | null = null;
  onSignal: ((message: SignalMessage) => void) | null = null;
  /** Any other event of the server: `revoked`, `refused`, `media:*`. */
  onEvent: ((name: string, payload: unknown) => void) | null = null;
  /** Called once when the socket is gone, whoever closed it. */
  onClose: (() => void) | null = null;
  private readonly socket: TextSocket;
  private readonly timeoutMs: number;
  private waiting: Map<number, Waiting> | null = null;
  private nextId = 0;

  private constructor(
    { url, cookie, localAddress, dialogueId, timeoutMs }: LightClientOptions,
    handlers: TextSocketHandlers,
  ) {
    this.dialogueId = dialogueId;
    this.timeoutMs = timeoutMs ?? defaultTimeoutMs;
    const address = new URL('/socket.io/?EIO=4&transport=websocket', url);
    this.socket = new TextSocket({ url: address, headers: { cookie }, localAddress }, handlers);
  }

  /** Connects; rejects with `ConnectRefused` or `ConnectionLost`. */
  static connect(options: LightClientOptions): Promise<LightClient> {
    return new Promise((resolve, reject) => {
      const { principal, dialogueId, page } = options;
      let isAdmitted = false;
      const timer = setTimeout(() => {
        client.destroy();
        reject(new ConnectionLost(`not connected within ${client.timeoutMs} ms`));
      }, options.timeoutMs ?? defaultTimeoutMs);
      const client: LightClient = new LightClient(options, {
        onOpen: () => {},
        onText: (frame) => {
          if (isAdmitted) return client.take(frame);
          if (frame[0] === opened) {
            const auth = { principal, dialogueId, ...(page ? { page } : {}) };
            return client.socket.send(`40${JSON.stringify(auth)}`);
          }
          if (frame[0] !== message) return client.take(frame);
          if (frame[1] !== connected) {
            reject(refusalIn(frame));
            return client.destroy();
          }
          isAdmitted = true;
          clearTimeout(timer);
          resolve(client);
        },
        onClose: (reason) => {
          clearTimeout(timer);
          reject(new ConnectionLost(reason || 'the socket was closed'));
          client.handleClosed();
        },
      });
    });
  }

  get isOpen(): boolean {
    return this.socket.isOpen;
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
    const envelope = this.envelope(name, payload, commandId);
    this.socket.cutInFrame(requestText(this.nextId++, 'command', envelope));
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
    this.socket.destroy();
  }

  /** Says goodbye. */
  close(): void {
    if (this.isOpen) this.socket.send('41');
    this.socket.close();
  }

  private envelope(name: string, payload: unknown, commandId: string) {
    return { commandId, dialogueId: this.dialogueId, name, payload };
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

function refusalIn(frame: Buffer): Error {
  if (frame[1] !== refused) return new ConnectionLost('an answer that no server gives');
  const { data, message: words } = JSON.parse(frame.toString('utf8', 2)) as {
    message: string;
    data?: ProtocolError;
  };
  return data ? new ConnectRefused(data) : new ConnectionLost(words);
}

const requestText = (id: number, name: string, payload: unknown) =>
  `42${id}${JSON.stringify([name, payload])}`;
