import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { HealthReport } from '@nhip-cau/shared/protocol/health';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import type {
  EditingRequest,
  HandlingRequest,
  Principal,
  SyncAnswer,
} from '@nhip-cau/shared/protocol/socket';
import type { TypingRequest } from '@nhip-cau/shared/protocol/typing';
import { Emitter } from '../emitter.ts';
import type { Replica } from './replica.ts';
import { defaultRetryDelay } from '../retry-delay.ts';
import type { RetryDelay } from '../retry-delay.ts';
import { ServerClock } from './server-clock.ts';
import { openSocket } from './socket.ts';
import type { DialogueSocket, SocketAuth } from './socket.ts';
import type { WaitingCommand } from './waiting-command.ts';

export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'revoked';

export interface ConnectionEvents {
  status: ConnectionStatus;
  signal: SignalMessage;
  /** Any sign of life of the server, epoch ms. */
  heard: number;
}

export interface ConnectionOptions {
  principal: Principal;
  dialogueId: string;
  page?: 'screen' | undefined;
  replica: Replica;
  retryDelay?: RetryDelay;
  createSocket?: (auth: SocketAuth) => DialogueSocket;
}

const answerTimeoutMs = 10_000;
/** The server pings every 10 s: a longer silence is worth a question. */
const silenceMs = 12_000;
const mostSyncs = 3;

/**
 * One dialogue's socket: opened again whenever it is lost, synced before anything else, its
 * deliveries put into the replica. `online` means synced.
 */
export class DialogueConnection extends Emitter<ConnectionEvents> {
  readonly clock = new ServerClock();
  readonly socket: DialogueSocket;
  private readonly dialogueId: string;
  private readonly replica: Replica;
  private readonly retryDelay: RetryDelay;
  private current: ConnectionStatus = 'connecting';
  private syncing: Promise<void> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private attempt = 0;
  private lastHeardAt = 0;
  private openEntryId: string | null = null;
  private openLineId: string | null = null;
  private closed = false;

  constructor(options: ConnectionOptions) {
    super();
    const { principal, dialogueId, replica } = options;
    this.dialogueId = dialogueId;
    this.replica = replica;
    this.retryDelay = options.retryDelay ?? defaultRetryDelay;
    this.socket = (options.createSocket ?? openSocket)({
      principal,
      dialogueId,
      ...(options.page ? { page: options.page } : {}),
    });
    this.socket.on('connect', () => {
      this.socket.io.engine.on('packet', () => this.handleHeard());
      void this.sync();
    });
    this.socket.on('connect_error', (error) => this.handleConnectError(error));
    this.socket.on('disconnect', () => this.handleLost());
    this.socket.on('revoked', () => this.setStatus('revoked'));
    this.socket.on('moving', ({ withinMs }) => this.move(Math.random() * withinMs));
    this.socket.on('signal', (message) => this.emit('signal', message));
    this.socket.on('delivery', (delivery) => {
      if (this.replica.handleDelivery(delivery) === 'gap') void this.sync();
    });
    this.socket.connect();
  }

  get status(): ConnectionStatus {
    return this.current;
  }

  /** Sends one command; `null` when there is no connection or no answer in time. */
  async deliver({ commandId, name, payload }: WaitingCommand): Promise<CommandOutcome | null> {
    if (!this.socket.connected) return null;
    const envelope = { commandId, dialogueId: this.dialogueId, name, payload };
    try {
      return await this.socket.timeout(answerTimeoutMs).emitWithAck('command', envelope);
    } catch {
      return null;
    }
  }

  /** By which the server tells this page from others; `null` while there is no connection. */
  get socketId(): string | null {
    return this.socket.id ?? null;
  }

  /** Says which question this page has open now, and says it again whenever the line is back. */
  openEntry(questionId: string | null): void {
    if (questionId === this.openEntryId) return;
    this.openEntryId = questionId;
    if (this.current === 'online') this.tell('handling', { questionId });
  }

  /** The same of a line of the transcript. */
  openLine(lineId: string | null): void {
    if (lineId === this.openLineId) return;
    this.openLineId = lineId;
    if (this.current === 'online') this.tell('editing', { lineId });
  }

  /** What this page types and whose turn it takes; `null`: it is closed. Latest wins. */
  tellTyping(request: TypingRequest): void {
    if (this.current === 'online') this.tell('typing', request);
  }

  /** Tells what this page of a hall measured; resolves to whether it was taken. */
  async reportHealth(report: HealthReport): Promise<boolean> {
    if (this.current !== 'online') return false;
    try {
      return (await this.socket.timeout(answerTimeoutMs).emitWithAck('health', report)).ok;
    } catch {
      return false;
    }
  }

  /** Tries now what would have been tried later, and asks after a server that is too quiet. */
  wake(): void {
    if (this.closed || this.current === 'revoked') return;
    if (this.socket.connected) {
      if (Date.now() - this.lastHeardAt > silenceMs) void this.sync();
    } else {
      // An attempt that is under way may wait on a path that is gone.
      this.socket.disconnect();
      this.connectAgain();
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopRetry();
    this.socket.disconnect();
  }

  /** One at a time: whoever asks meanwhile is served by the one under way. */
  private sync(): Promise<void> {
    this.syncing ??= this.syncUntilCurrent().finally(() => {
      this.syncing = null;
    });
    return this.syncing;
  }

  private async syncUntilCurrent(): Promise<void> {
    for (let tries = 0; tries < mostSyncs; tries += 1) {
      const answer = await this.askSync();
      if (answer === null || this.closed) break;
      if (!answer.ok) return this.handleRefused(answer.error);
      if (this.replica.handleSynced(answer.audiences) === 'gap') continue;
      this.attempt = 0;
      this.setStatus('online');
      if (this.openEntryId !== null) this.tell('handling', { questionId: this.openEntryId });
      if (this.openLineId !== null) this.tell('editing', { lineId: this.openLineId });
      return;
    }
    // No answer, or none that helps: the socket went, or it is open and dead. Start over.
    if (this.socket.connected) this.socket.disconnect();
  }

  private async askSync(): Promise<SyncAnswer | null> {
    const askedAt = Date.now();
    this.replica.beginSync();
    try {
      const request = { dialogueId: this.dialogueId, cursors: this.replica.cursors() };
      const answer = await this.socket.timeout(answerTimeoutMs).emitWithAck('sync', request);
      if (answer.ok) this.clock.set(answer.now, askedAt);
      return answer;
    } catch {
      return null;
    }
  }

  /** Worthless a second later: whoever misses it sees the next one. */
  private tell(
    event: 'handling' | 'editing' | 'typing',
    request: HandlingRequest | EditingRequest | TypingRequest,
  ): void {
    this.socket
      .timeout(answerTimeoutMs)
      .emitWithAck(event, request)
      .catch(() => {});
  }

  private handleConnectError(error: Error): void {
    const refusal = (error as { data?: ProtocolError }).data;
    if (refusal && refusal.code in errorCodes) this.handleRefused(refusal);
    else this.handleLost();
  }

  private handleRefused({ code }: ProtocolError): void {
    if (!errorCodes[code].retry) this.setStatus('revoked');
    const wasConnected = this.socket.connected;
    this.socket.disconnect();
    // A socket that was never admitted goes without a `disconnect`.
    if (!wasConnected) this.handleLost();
  }

  /** To another node, which has all that this one has. */
  private move(afterMs: number): void {
    this.stopRetry();
    this.retry = setTimeout(() => {
      this.socket.disconnect();
      this.connectAgain();
    }, afterMs);
  }

  private handleLost(): void {
    if (this.closed || this.current === 'revoked') return;
    this.setStatus('offline');
    this.stopRetry();
    this.retry = setTimeout(() => this.connectAgain(), this.retryDelay(this.attempt));
    this.attempt += 1;
  }

  private connectAgain(): void {
    this.stopRetry();
    this.socket.connect();
  }

  private handleHeard(): void {
    this.lastHeardAt = Date.now();
    this.emit('heard', this.lastHeardAt);
  }

  private setStatus(status: ConnectionStatus): void {
    if (this.current === status || this.current === 'revoked') return;
    this.current = status;
    this.emit('status', status);
  }

  private stopRetry(): void {
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
  }
}
