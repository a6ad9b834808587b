import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Frontend messages that make PostgreSQL carry something out (its protocol 3.0, chapter 54.7). */
const simpleQuery = 'Q'.charCodeAt(0);
const execute = 'E'.charCodeAt(0);
/** What the server asks each second to see whether its database is there (`store/probe.ts`). */
const look = 'select 1\0';
/** Messages up to this length come whole, in bytes; of others the type alone. */
const shortBytes = 64;

/** Stands between a server and PostgreSQL and counts what the one asks of the other. */
export class QueryProxy {
  /** Statements asked for so far, but for the looks whether the database is there. */
  count = 0;
  /** The database's address through this proxy. */
  readonly url: string;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(server: Server, databaseUrl: string) {
    const url = new URL(databaseUrl);
    const target = { host: url.hostname, port: Number(url.port) };
    url.port = String((server.address() as AddressInfo).port);
    this.url = url.href;
    this.server = server;
    server.on('connection', (socket) => this.relay(socket, connect(target)));
  }

  static async open(databaseUrl: string): Promise<QueryProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new QueryProxy(server, databaseUrl);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private relay(client: Socket, database: Socket): void {
    const reader = new MessageReader((type, body) => {
      const isLook = type === simpleQuery && body?.toString() === look;
      if (!isLook && (type === simpleQuery || type === execute)) this.count += 1;
    });
    client.on('data', (bytes: Buffer) => reader.take(bytes));
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }
}

/** Finds the messages in a frontend's stream: their types, and what short ones say. */
export class MessageReader {
  private readonly handle: (type: number, body: Buffer | null) => void;
  private rest: Buffer = Buffer.alloc(0);
  private toSkip = 0;
  private hasBegun = false;

  /** `handle`: gets `null` in place of a long message's body. */
  constructor(handle: (type: number, body: Buffer | null) => void) {
    this.handle = handle;
  }

  take(bytes: Buffer): void {
    let stream = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    for (;;) {
      const skipped = Math.min(this.toSkip, stream.length);
      stream = stream.subarray(skipped);
      this.toSkip -= skipped;
      // The first message of a connection has a length and no type.
      const headLength = this.hasBegun ? 5 : 4;
      if (this.toSkip > 0 || stream.length < headLength) break;
      const length = stream.readUInt32BE(headLength - 4) + headLength - 4;
      const isShort = length <= shortBytes;
      if (isShort && stream.length < length) break;
      if (this.hasBegun) this.handle(stream[0]!, isShort ? stream.subarray(5, length) : null);
      this.toSkip = length;
      this.hasBegun = true;
    }
    this.rest = Buffer.from(stream);
  }
}
