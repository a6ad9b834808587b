import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way from one node to the database, as a test takes it away and gives it back. */
export interface DatabaseGate {
  /** Address of the database behind it. */
  url: string;
  /** Ends what is open and refuses what comes. */
  shut(): void;
  /** Takes everything and passes nothing on, as a cut cable does. */
  hold(): void;
  /** Lets everything through again, also what was held. */
  open(): void;
  /**
   * The connection that next asks for `text` is lost with that: the question, or the answer to it,
   * goes nowhere. The database hears nothing more of it, nor does who asked, or only that it broke.
   * Others are let through. Resolves when the database itself has ended the session.
   */
  lose(text: string, what: Lost, how: 'silently' | 'abruptly'): Promise<void>;
  close(): Promise<void>;
}

export type Lost = 'question' | 'answer';

/** Opens a gate on a free port of the loopback interface. */
export async function createDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: 'open' | 'held' | 'shut' = 'open';
  let trap: { text: string; what: Lost; isAbrupt: boolean; onEnded: () => void } | null = null;
  const server = createServer((client) => {
    if (state === 'shut') return void client.destroy();
    const database = connect(Number(target.port), target.hostname);
    let isLost = false;
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(socket);
      socket.on('data', (data: Buffer) => {
        const caught = socket === client && trap && data.includes(trap.text) ? trap : null;
        if (caught) trap = null;
        if (!isLost && caught?.what !== 'question') other.write(data);
        if (!caught) return;
        isLost = true;
        database.once('close', caught.onEnded);
        if (caught.isAbrupt) client.resetAndDestroy();
      });
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        if (!isLost) other.destroy();
      });
      if (state === 'held') socket.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const end = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    shut() {
      state = 'shut';
      end();
    },
    hold() {
      state = 'held';
      for (const socket of sockets) socket.pause();
    },
    open() {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    lose: (text, what, how) =>
      new Promise((onEnded) => {
        trap = { text, what, isAbrupt: how === 'abruptly', onEnded };
      }),
    async close() {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}
