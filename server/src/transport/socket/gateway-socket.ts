import type { Room } from './rooms.ts';
import type { SentEvents, SocketData } from './types.ts';
import { eventFrame } from './wire/encoder.ts';
import type { Line, LineListener, LineRequest } from './wire/line.ts';

/** Who serves the sockets. */
export interface SocketKeeper {
  handleRequest(socket: GatewaySocket, request: LineRequest): void;
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

  constructor(line: Line, data: SocketData, keeper: SocketKeeper) {
    this.id = line.id;
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

  /** What is told meanwhile leaves together. */
  together(tell: () => void): void {
    this.line.together(tell);
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
    this.line.end();
    this.handleGone();
  }

  handleRequest(request: LineRequest): void {
    this.keeper.handleRequest(this, request);
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
