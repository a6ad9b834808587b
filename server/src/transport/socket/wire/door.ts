import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import { WebSocketServer } from 'ws';
import { Heartbeat, pingIntervalMs, pingTimeoutMs } from './heartbeat.ts';
import { Line } from './line.ts';
import { connectedFrame, openFrame, type Packet, refusedFrame } from './packets.ts';

/** What a client says of itself when it comes in. */
export interface Introduction {
  auth: unknown;
  cookie: string | undefined;
}

/** Takes over a line whose client has been let in and told so; `socketId` is unique. */
export type Admission = (line: Line, socketId: string) => void;

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

const path = '/socket.io/';
/** How long a client may take to introduce itself, in ms. */
const introductionMs = 10_000;
/** How long clients are given to say goodbye when the server closes, in ms. */
const farewellMs = 1_000;
const goingAway = 1_001;

/** Where WebSockets come in: HTTP upgrade, Engine.IO's opening, Socket.IO's connect. */
export class Door {
  private readonly options: DoorOptions;
  private readonly lines = new Set<Line>();
  private readonly heartbeat = new Heartbeat();
  private readonly webSockets: WebSocketServer;
  private isOpen = false;

  constructor(options: DoorOptions) {
    this.options = options;
    this.webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.maxMessageBytes,
    });
    options.httpServer.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      this.handleUpgrade(request, stream, head),
    );
  }

  /** WebSockets that are open, also of those not yet let in. */
  get size(): number {
    return this.lines.size;
  }

  open(): void {
    this.isOpen = true;
    this.heartbeat.start();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.heartbeat.stop();
    for (const line of this.lines) line.end(undefined, goingAway);
    const cutting = setTimeout(() => {
      for (const line of this.lines) line.cut();
    }, farewellMs);
    await new Promise((resolve) => this.options.httpServer.close(resolve));
    clearTimeout(cutting);
  }

  private handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { origin, host, cookie } = request.headers;
    const url = new URL(request.url ?? '/', 'http://localhost');
    // An error without a listener would end the process.
    stream.on('error', ignore);
    if (!this.isOpen) return refuse(stream, '503 Service Unavailable');
    if (url.pathname !== path) return refuse(stream, '404 Not Found');
    if (origin !== undefined && !this.options.isOwnOrigin(origin, host)) {
      return refuse(stream, '403 Forbidden');
    }
    if (url.searchParams.get('EIO') !== '4' || url.searchParams.has('sid')) {
      return refuse(stream, '400 Bad Request');
    }
    this.webSockets.handleUpgrade(request, stream, head, (webSocket) => {
      stream.off('error', ignore);
      this.receive(new Line(webSocket, stream, this.handleClosed), cookie);
    });
  }

  private receive(line: Line, cookie: string | undefined): void {
    this.lines.add(line);
    this.heartbeat.add(line);
    const { maxMessageBytes } = this.options;
    const sid = newId();
    line.write(openFrame({ sid, pingIntervalMs, pingTimeoutMs, maxMessageBytes }));
    const timer = setTimeout(() => line.cut(), introductionMs);
    const letIn = (begin: Admission) => {
      clearTimeout(timer);
      if (!line.isOpen) return;
      const socketId = newId();
      line.write(connectedFrame(socketId));
      begin(line, socketId);
    };
    line.listener = {
      handlePacket: this.introduction(line, cookie, letIn),
      handleGone: () => clearTimeout(timer),
    };
  }

  /** Until its client is let in, a line may do nothing but introduce itself. */
  private introduction(
    line: Line,
    cookie: string | undefined,
    letIn: (begin: Admission) => void,
  ): (packet: Packet) => void {
    let isBusy = false;
    return (packet) => {
      if (packet.type === 'disconnect') return line.end();
      if (packet.type !== 'connect' || isBusy) return line.cut();
      const { namespace, auth } = packet;
      if (namespace !== '/') return line.write(refusedFrame(namespace, 'Invalid namespace'));
      isBusy = true;
      this.options.admit({ auth, cookie }).then(letIn, (error: unknown) => {
        isBusy = false;
        const refusal = this.options.refusalOf(error);
        line.write(refusedFrame('/', refusal.code, refusal));
      });
    };
  }

  private readonly handleClosed = (line: Line): void => {
    this.lines.delete(line);
    this.heartbeat.remove(line);
  };
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    stream.destroy(),
  );
}

const ignore = () => {};

const newId = () => randomBytes(15).toString('base64url');
