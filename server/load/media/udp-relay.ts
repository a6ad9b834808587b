import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Random } from '../../simulator/random.ts';

/** What a line does to packets, each way by itself. */
export interface Impairment {
  /** Share of packets that vanish, 0 to 1. */
  readonly loss: number;
  readonly delayMs: number;
  /** At most so much on top of the delay; packets keep their order. */
  readonly jitterMs: number;
  /** What it carries in each direction; what comes faster waits, and vanishes where too much does. */
  readonly kbps: number | null;
  /** Nothing passes. */
  readonly isCut: boolean;
}

export const clearLine: Impairment = {
  loss: 0,
  delayMs: 0,
  jitterMs: 0,
  kbps: null,
  isCut: false,
};

/** What may wait for a slow line, in ms of its rate, as a cheap router has it. */
const queueMs = 300;

interface Waiting {
  readonly packet: Buffer;
  readonly at: number;
  readonly send: (packet: Buffer) => void;
}

/** One direction of a line. */
export class Direction {
  readonly #random: Random;
  readonly #waiting: Waiting[] = [];
  #impairment = clearLine;
  #timer: NodeJS.Timeout | null = null;
  /** When the line has sent what it took so far. */
  #freeAt = 0;
  #lastAt = 0;
  passed = 0;
  dropped = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  set(impairment: Impairment): void {
    this.#impairment = impairment;
  }

  /** Sends it on when the line lets it, if at all. `now`: ms of a steady clock. */
  take(packet: Buffer, send: (packet: Buffer) => void, now = performance.now()): void {
    const { loss, delayMs, jitterMs, kbps, isCut } = this.#impairment;
    let at = now;
    if (kbps !== null) at = Math.max(now, this.#freeAt) + (packet.length * 8) / kbps;
    if (isCut || this.#random.chance(loss) || at - now > queueMs) {
      this.dropped += 1;
      return;
    }
    if (kbps !== null) this.#freeAt = at;
    at = Math.max(this.#lastAt, at + delayMs + jitterMs * this.#random.next());
    this.passed += 1;
    if (at <= now && this.#waiting.length === 0) {
      send(packet);
      return;
    }
    this.#lastAt = at;
    this.#waiting.push({ packet, at, send });
    this.#timer ??= setTimeout(() => this.#release(), at - now);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.length = 0;
  }

  #release(): void {
    this.#timer = null;
    const now = performance.now();
    while (this.#waiting[0] && this.#waiting[0].at <= now) {
      const { packet, send } = this.#waiting.shift()!;
      // What was under way when the line was cut is gone too.
      if (this.#impairment.isCut) this.dropped += 1;
      else send(packet);
    }
    const [next] = this.#waiting;
    if (next) this.#timer = setTimeout(() => this.#release(), next.at - now);
  }
}

export interface Target {
  readonly address: string;
  readonly port: number;
}

/**
 * A line between one peer and others: packets that come to one of its ports go on to the target of
 * that port and what comes back goes back, as the impairment of the moment lets them. To the target
 * each sender is an address of its own, as it is behind a router.
 */
export class UdpRelay {
  readonly #up: Direction;
  readonly #down: Direction;
  readonly #doors = new Map<string, Promise<Target>>();
  readonly #sockets = new Set<Socket>();

  /** The same seed loses the same packets. */
  constructor(seed: string) {
    const random = new Random(seed);
    this.#up = new Direction(random.fork('up'));
    this.#down = new Direction(random.fork('down'));
  }

  set(impairment: Impairment): void {
    this.#up.set(impairment);
    this.#down.set(impairment);
  }

  get figures(): { passed: number; dropped: number } {
    const directions = [this.#up, this.#down];
    return {
      passed: directions.reduce((sum, { passed }) => sum + passed, 0),
      dropped: directions.reduce((sum, { dropped }) => sum + dropped, 0),
    };
  }

  /** Where to send what is meant for the target; opened at the first call. */
  doorTo({ address, port }: Target): Promise<Target> {
    const key = `${address}:${port}`;
    const door = this.#doors.get(key) ?? this.#open({ address, port });
    this.#doors.set(key, door);
    return door;
  }

  /** Idempotent. */
  close(): void {
    this.#up.close();
    this.#down.close();
    for (const socket of this.#sockets) socket.close();
    this.#sockets.clear();
    this.#doors.clear();
  }

  async #open(target: Target): Promise<Target> {
    const near = await this.#bind();
    const farSockets = new Map<string, Promise<Socket>>();
    near.on('message', (packet, { address, port }) => {
      const key = `${address}:${port}`;
      let far = farSockets.get(key);
      if (!far) {
        far = this.#bind().then((socket) => {
          socket.on('message', (back) =>
            this.#down.take(back, (one) => this.#send(near, one, { address, port })),
          );
          return socket;
        });
        farSockets.set(key, far);
      }
      void far.then((socket) => this.#up.take(packet, (one) => this.#send(socket, one, target)));
    });
    const { address, port } = near.address();
    return { address, port };
  }

  async #bind(): Promise<Socket> {
    const socket = createSocket('udp4');
    // A port that nobody listens on any more answers with an error, which is as good as silence.
    socket.on('error', () => {});
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    this.#sockets.add(socket);
    return socket;
  }

  #send(socket: Socket, packet: Buffer, { address, port }: Target | AddressInfo): void {
    if (this.#sockets.has(socket)) socket.send(packet, port, address);
  }
}
