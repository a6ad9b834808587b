import { randomUUID } from 'node:crypto';
import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SyncAnswer } from '@nhip-cau/shared/protocol/socket';
import { io, type Socket } from 'socket.io-client';

/** A bare client of the live channel: what it sends is sent, what it hears is kept. */
export class SocketClient {
  readonly socket: Socket;
  readonly deliveries: Delivery[] = [];
  readonly dialogueId: string;

  private constructor(socket: Socket, dialogueId: string) {
    this.socket = socket;
    this.dialogueId = dialogueId;
    socket.on('delivery', (delivery: Delivery) => this.deliveries.push(delivery));
  }

  /** Connects as that principal; rejects with the server's refusal. */
  static async connect(
    url: string,
    {
      cookie,
      principal,
      dialogueId,
      origin,
      page,
    }: { cookie: string; principal: string; dialogueId: string; origin?: string; page?: 'screen' },
  ): Promise<SocketClient> {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { principal, dialogueId, ...(page ? { page } : {}) },
      extraHeaders: { cookie, ...(origin ? { origin } : {}) },
    });
    const client = new SocketClient(socket, dialogueId);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return client;
  }

  /** Any event with any payload, and the answer. */
  request<T = CommandOutcome>(event: string, payload: unknown): Promise<T> {
    return this.socket.timeout(20_000).emitWithAck(event, payload) as Promise<T>;
  }

  send<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    commandId: string = randomUUID(),
  ): Promise<CommandOutcome> {
    const { dialogueId } = this;
    return this.request('command', { commandId, dialogueId, name, payload });
  }

  sync(cursors?: Record<string, number>): Promise<SyncAnswer> {
    const { dialogueId } = this;
    return this.request('sync', cursors ? { dialogueId, cursors } : { dialogueId });
  }

  /** Resolves with the first delivery, heard already or to come, that `matches`. */
  async heard(matches: (delivery: Delivery) => boolean): Promise<Delivery> {
    for (;;) {
      const delivery = this.deliveries.find(matches);
      if (delivery) return delivery;
      await new Promise((resolve) => this.socket.once('delivery', resolve));
    }
  }

  async closed(): Promise<void> {
    if (this.socket.connected)
      await new Promise((resolve) => this.socket.once('disconnect', resolve));
  }

  close(): void {
    this.socket.disconnect();
  }
}
