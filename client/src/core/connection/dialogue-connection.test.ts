import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBoardMaps } from './board-maps.ts';
import { DialogueConnection } from './dialogue-connection.ts';
import type { ConnectionStatus } from './dialogue-connection.ts';
import { Replica } from './replica.ts';

type Sync = { cursors: Record<string, number> };

/** A real Socket.IO server with one caption board, whose newest line is numbered `seq`. */
let server: Server;
let address: string;
let seq: number;
let syncs: Sync[];
let handled: (string | null)[];
let admit: (socket: Socket, next: (error?: Error) => void) => void;
const open: DialogueConnection[] = [];

beforeEach(async () => {
  const http = createServer();
  server = new Server(http, { transports: ['websocket'] });
  seq = 5;
  syncs = [];
  handled = [];
  admit = (_, next) => next();
  server.use((socket, next) => admit(socket, next));
  server.on('connection', (socket) => {
    socket.on('sync', (request: Sync, answer: (value: object) => void) => {
      syncs.push(request);
      const full = request.cursors.everyone === undefined;
      const puts = [{ collection: 'caption', id: 'newest', value: seq }];
      const audiences = [{ audience: 'everyone', seq, full, puts }];
      answer({ ok: true, now: Date.now() + 60_000, audiences });
    });
    socket.on('handling', ({ questionId }: { questionId: string | null }) =>
      handled.push(questionId),
    );
    socket.on('command', (envelope: { commandId: string }, answer: (value: object) => void) => {
      if (envelope.commandId !== 'unanswered') answer({ ok: true, seq });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  await server.close();
});

function connect() {
  const maps = createBoardMaps(() => new Map());
  const statuses: ConnectionStatus[] = [];
  const connection = new DialogueConnection({
    principal: 'person:1',
    dialogueId: 'd',
    replica: new Replica(maps),
    retryDelay: () => 1,
    createSocket: (auth) =>
      io(address, { auth, autoConnect: false, reconnection: false, transports: ['websocket'] }),
  });
  connection.on('status', (status) => statuses.push(status));
  open.push(connection);
  return { connection, statuses, newest: () => maps.everyone.caption.get('newest') as unknown };
}

function deliver(prev: number, to: number): void {
  seq = to;
  const puts = [{ collection: 'caption', id: 'newest', value: to }];
  const delivery: Delivery = { dialogueId: 'd', audience: 'everyone', prev, seq: to, puts };
  server.emit('delivery', delivery);
}

it('connects anew when its node leaves, and has what came meanwhile', async () => {
  const { connection, statuses, newest } = connect();
  await vi.waitFor(() => expect(connection.status).toBe('online'));
  const before = connection.socketId;
  seq = 6;
  server.emit('moving', { withinMs: 20 });
  await vi.waitFor(() => expect(newest()).toBe(6));
  expect(connection.socketId).not.toBe(before);
  expect(statuses).toEqual(['online', 'offline', 'online']);
});

const command = (commandId: string) =>
  ({ commandId, name: 'hand.lower', payload: { handId: 'h' }, queuedAt: 1 }) as const;

describe('a connection', () => {
  it('is online once it is synced, and takes deliveries in', async () => {
    const { connection, newest } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
    expect(newest()).toBe(5);
    deliver(5, 6);
    await vi.waitFor(() => expect(newest()).toBe(6));
    expect(syncs).toHaveLength(1);
  });

  it('tells the server’s time', async () => {
    const { connection } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
    expect(Math.abs(connection.clock.now() - Date.now() - 60_000)).toBeLessThan(5_000);
  });

  it('asks for what it has not heard', async () => {
    const { connection, newest } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
    deliver(7, 8);
    await vi.waitFor(() => expect(newest()).toBe(8));
    expect(syncs.map(({ cursors }) => cursors)).toEqual([{}, { everyone: 5 }]);
  });

  it('comes back after the socket was lost, with what it missed', async () => {
    const { connection, statuses, newest } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
    seq = 9;
    connection.socket.io.engine.close();
    await vi.waitFor(() => expect(statuses).toEqual(['online', 'offline', 'online']));
    expect(newest()).toBe(9);
  });

  it('says which entry is open, each once, and again when the line is back', async () => {
    const { connection, statuses } = connect();
    connection.openEntry('early');
    await vi.waitFor(() => expect(handled).toEqual(['early']));
    for (const id of ['a', 'a', 'b']) connection.openEntry(id);
    await vi.waitFor(() => expect(handled).toEqual(['early', 'a', 'b']));
    connection.socket.io.engine.close();
    await vi.waitFor(() => expect(statuses).toEqual(['online', 'offline', 'online']));
    connection.openEntry(null);
    await vi.waitFor(() => expect(handled).toEqual(['early', 'a', 'b', 'b', null]));
  });

  it('tries again until it is let in', async () => {
    let refusals = 3;
    admit = (_, next) => {
      refusals -= 1;
      const error = Object.assign(new Error('unavailable'), { data: { code: 'unavailable' } });
      if (refusals >= 0) next(error);
      else next();
    };
    const { connection } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
  });

  it.each(['not_signed_in', 'not_allowed', 'not_found'])('gives up on %s', async (code) => {
    admit = (_, next) => next(Object.assign(new Error(code), { data: { code } }));
    const { connection, statuses } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('revoked'));
    expect(statuses).toEqual(['revoked']);
  });

  it('does not come back after its session was ended', async () => {
    const { connection, statuses } = connect();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
    server.emit('revoked');
    server.disconnectSockets(true);
    await vi.waitFor(() => expect(connection.socket.connected).toBe(false));
    connection.wake();
    expect(statuses).toEqual(['online', 'revoked']);
  });

  it('says when a command has no answer', async () => {
    const { connection } = connect();
    expect(await connection.deliver(command('early'))).toBeNull();
    await vi.waitFor(() => expect(connection.status).toBe('online'));
    expect(await connection.deliver(command('first'))).toEqual({ ok: true, seq: 5 });
    const unanswered = connection.deliver(command('unanswered'));
    connection.socket.io.engine.close();
    expect(await unanswered).toBeNull();
  });
});
