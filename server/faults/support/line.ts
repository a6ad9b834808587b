import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the network does to the next long message of a client, or to the answer to it. */
export type LineFault =
  /** The connection ends in the middle of the message: `share` (0 to 1) of it arrives. */
  | { kind: 'cutMessage'; share: number }
  /** The message arrives; the connection ends in the middle of what comes back. */
  | { kind: 'cutAnswer'; share: number }
  /** The client loses the connection; its message arrives all the same, `delayMs` later. */
  | { kind: 'straggler'; delayMs: number }
  /** The message, and whatever follows it, is `delayMs` late. */
  | { kind: 'delay'; delayMs: number };

/** Shorter ones are signs of life and requests to catch up, not commands. */
const commandBytes = 200;

/**
 * One client's way to the server: a TCP relay of this process, at an address that stays while
 * servers come and go behind it, and that does what networks do when it is told to.
 */
export class Line {
  readonly url: string;
  /** Port of the server on 127.0.0.1; `null` while there is none. */
  target: number | null = null;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private armed: LineFault | null = null;
  private stragglers = 0;
  private onIdle: (() => void)[] = [];

  private constructor(server: Server) {
    this.server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (near) => this.relay(near));
  }

  static async open(): Promise<Line> {
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Line(server);
  }

  /** The next message of the length of a command meets this fault. */
  arm(fault: LineFault): void {
    this.armed = fault;
  }

  /** Ends what is connected, as a walk out of the network's reach does. */
  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Resolves when nothing is held back any more. */
  async idle(): Promise<void> {
    this.armed = null;
    if (this.stragglers > 0) await new Promise<void>((resolve) => this.onIdle.push(resolve));
  }

  async close(): Promise<void> {
    this.drop();
    this.server.close();
    await once(this.server, 'close');
  }

  private relay(near: Socket): void {
    if (this.target === null) {
      near.destroy();
      return;
    }
    const far = connect({ port: this.target, host: '127.0.0.1', noDelay: true });
    const passage = new Passage(near, far);
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    }
    near.on('data', (bytes: Buffer) => {
      // What a client says into an answer that was cut reaches nobody.
      if (passage.isEnding) return;
      const fault = bytes.length >= commandBytes ? this.armed : null;
      if (fault) this.armed = null;
      passage.send(bytes, fault);
      if (fault?.kind === 'straggler') this.await(far);
    });
    far.on('data', (bytes: Buffer) => passage.receive(bytes));
  }

  private await(far: Socket): void {
    this.stragglers += 1;
    far.once('close', () => {
      this.stragglers -= 1;
      if (this.stragglers === 0) for (const resolve of this.onIdle.splice(0)) resolve();
    });
  }
}

/** One connection through a line. */
class Passage {
  private readonly near: Socket;
  private readonly far: Socket;
  private cutAt: number | null = null;
  /** What is left of it is said to one side only. */
  isEnding = false;

  constructor(near: Socket, far: Socket) {
    this.near = near;
    this.far = far;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => {});
      socket.once('close', () => {
        if (!this.isEnding) other.destroy();
      });
    }
  }

  send(bytes: Buffer, fault: LineFault | null): void {
    const { near, far } = this;
    if (fault?.kind === 'cutMessage') {
      this.end(near);
      far.end(part(bytes, fault.share));
    } else if (fault?.kind === 'straggler') {
      this.end(near);
      setTimeout(() => far.end(bytes), fault.delayMs);
    } else if (fault?.kind === 'delay') {
      near.pause();
      setTimeout(() => {
        far.write(bytes);
        near.resume();
      }, fault.delayMs);
    } else {
      if (fault?.kind === 'cutAnswer') this.cutAt = fault.share;
      far.write(bytes);
    }
  }

  receive(bytes: Buffer): void {
    if (this.isEnding) return;
    if (this.cutAt === null) {
      this.near.write(bytes);
      return;
    }
    this.end(this.far);
    this.near.end(part(bytes, this.cutAt));
  }

  private end(side: Socket): void {
    this.isEnding = true;
    side.destroy();
  }
}

/** The first bytes of a message: at least one, never all. */
function part(bytes: Buffer, share: number): Buffer {
  return bytes.subarray(
    0,
    Math.max(1, Math.min(bytes.length - 1, Math.floor(bytes.length * share))),
  );
}
