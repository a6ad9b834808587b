import type { Line, LineListener } from './wire/line.ts';
import { answerFrame, disconnectFrame, eventFrame, type Packet } from './wire/packets.ts';
import type { Room } from './rooms.ts';
import type { SentEvents, SocketData } from './types.ts';

/** A request of a client: `id` where it awaits an answer. */
export interface SocketRequest {
  event: string;
  payload: unknown;
  id: number | null;
}

/** Who serves the sockets. */
export interface SocketKeeper {
  handleRequest(socket: GatewaySocket, request: SocketRequest): void;
  /** Once, when it is gone, whoever ended it. */
  handleGone(socket: GatewaySocket): void;
  /** What was left out while its line was busy can be made up for. */
  handleFree(socket: GatewaySocket): void;
}

/** One page that was let in. */
export class GatewaySocket implements LineListener {
  readonly id: string;
  readonly data: SocketData;
  /** Those that it belongs to; changed by `Rooms` alone. */
  readonly rooms: Room[] = [];
  private readonly line: Line;
  private readonly keeper: SocketKeeper;
  private owed: Map<string, Buffer> | null = null;
  private isGone = false;

  constructor(id: string, line: Line, data: SocketData, keeper: SocketKeeper) {
    this.id = id;
    this.line = line;
    this.data = data;
    this.keeper = keeper;
    line.listener = this;
  }

  get connected(): boolean {
    return !this.isGone;
  }

  emit<Name extends keyof SentEvents>(name: Name, ...[payload]: SentEvents[Name]): void {
    this.line.write(eventFrame(name, payload));
  }

  /** `json`: the answer as JSON. */
  answer(id: number, json: string): void {
    this.line.write(answerFrame(id, json));
  }

  /**
   * Writes what nobody asked for, or leaves it out where the line is slow: then the newest frame of
   * each `topic` is kept, and told once the line is free. Told too late or twice, a delivery does
   * no harm: its numbers say where it belongs.
   */
  pass(topic: string, frame: Buffer): void {
    if (this.owed === null && this.line.pass(frame) !== 'busy') return;
    if (this.owed === null) {
      this.owed = new Map();
      this.line.onceFree(() => this.handleFree());
    }
    this.owed.set(topic, frame);
  }

  /** Whether all that was sent has left this process. */
  get isIdle(): boolean {
    return this.line.queuedBytes === 0;
  }

  /** Ends it at once, whatever the client does. Idempotent. */
  disconnect(): void {
    if (this.isGone) return;
    this.line.listener = null;
    this.line.end(disconnectFrame);
    this.handleGone();
  }

  handlePacket(packet: Packet): void {
    if (packet.type === 'disconnect') {
      this.line.end();
      return this.handleGone();
    }
    // Whoever is in cannot come in once more.
    if (packet.type !== 'event') return this.line.cut();
    const { name: event, values, id } = packet;
    this.keeper.handleRequest(this, { event, payload: values.length > 0 ? values[0] : {}, id });
  }

  handleGone(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.line.listener = null;
    this.keeper.handleGone(this);
  }

  private handleFree(): void {
    const owed = this.owed ?? new Map<string, Buffer>();
    this.owed = null;
    if (this.isGone) return;
    for (const [topic, frame] of owed) this.pass(topic, frame);
    this.keeper.handleFree(this);
  }
}
