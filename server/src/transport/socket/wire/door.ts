import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import { Server, type Socket } from 'socket.io';
import { Line } from './line.ts';

/** What a client says of itself when it comes in. */
export interface Introduction {
  auth: unknown;
  cookie: string | undefined;
}

/** Takes over the line of a client that has been let in and told so. */
export type Admission = (line: Line) => void;

export interface DoorOptions {
  httpServer: HttpServer;
  /** Whether a browser page of this origin may connect to this host. */
  isOwnOrigin: (origin: string, host: string | undefined) => boolean;
  maxMessageBytes: number;
  /** Decides whether this client is let in; rejects where it is not. */
  admit: (introduction: Introduction) => Promise<Admission>;
  /** What the client is told of what `admit` threw. */
  refusalOf: (error: unknown) => ProtocolError;
}

/** RFC 9110, section 15.6.4. */
const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n';

/** How long a client may take to introduce itself, in ms. */
const introductionMs = 10_000;

/** Where sockets come in: Socket.IO, over WebSocket alone. */
export class Door {
  private readonly options: DoorOptions;
  private readonly io: Server;
  private readonly admissions = new WeakMap<Socket, Admission>();
  /** Connections whose client has introduced itself. */
  private readonly introduced = new WeakSet<object>();
  private isOpen = false;
  private isLeaving = false;

  constructor(options: DoorOptions) {
    this.options = options;
    // The answer to the upgrade and Engine.IO's opening leave together, when a crowd comes back.
    options.httpServer.prependListener('upgrade', (_request, stream: Duplex) => {
      // A proxy takes this for "try another node", which it does not of a refusal.
      if (this.isLeaving) return void stream.end(unavailable);
      stream.cork();
      setImmediate(() => stream.uncork());
    });
    this.io = new Server(options.httpServer, {
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: options.maxMessageBytes,
      connectTimeout: introductionMs,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      allowRequest: ({ headers: { origin, host } }, decide) => {
        if (!this.isOpen) return decide('unavailable', false);
        const isOwn = origin === undefined || options.isOwnOrigin(origin, host);
        decide(isOwn ? null : 'origin_refused', isOwn);
      },
    });
    this.io.use((socket, next) => {
      // Each look at a session is paid for with a connection.
      if (this.introduced.has(socket.conn)) {
        socket.conn.close(true);
        return next(new Error('introduced twice'));
      }
      this.introduced.add(socket.conn);
      this.admit(socket).then(() => next(), next);
    });
    this.io.on('connection', (socket) => this.receive(socket));
  }

  /** Clients that are connected, also those not yet let in. */
  get size(): number {
    return this.io.engine.clientsCount;
  }

  open(): void {
    this.isOpen = true;
  }

  /** Lets nobody in any more; whoever is in stays. */
  leave(): void {
    this.isOpen = false;
    this.isLeaving = true;
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.io.close();
  }

  private async admit(socket: Socket): Promise<void> {
    const { auth, headers } = socket.handshake;
    try {
      this.admissions.set(socket, await this.options.admit({ auth, cookie: headers.cookie }));
    } catch (error) {
      const refusal = this.options.refusalOf(error);
      // The client's `connect_error` has the data.
      throw Object.assign(new Error(refusal.code), { data: refusal });
    }
  }

  private receive(socket: Socket): void {
    const begin = this.admissions.get(socket);
    if (!begin) return void socket.disconnect(true);
    forgetRequest(socket);
    begin(new Line(socket));
  }
}

/** Whom the socket speaks for is known now: the request it came with only takes up memory. */
function forgetRequest(socket: Socket): void {
  const { conn } = socket as unknown as { conn: { request: unknown } };
  conn.request = null;
  (socket as { handshake: unknown }).handshake = null;
}
