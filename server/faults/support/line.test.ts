import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Line } from './line.ts';

const message = Buffer.alloc(300, 'm');
const answer = Buffer.alloc(100, 'a');

let server: Server;
let line: Line;
/** What the server got on each connection, and whether that has ended. */
let heard: { bytes: Buffer; ended: Promise<unknown> }[];

beforeEach(async () => {
  heard = [];
  server = createServer((socket) => {
    const connection = { bytes: Buffer.alloc(0), ended: once(socket, 'close') };
    heard.push(connection);
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      connection.bytes = Buffer.concat([connection.bytes, bytes]);
      if (connection.bytes.length === message.length) socket.write(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  line = await Line.open();
  line.target = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  await line.close();
  server.close();
});

/** Sends the message through the line; all that comes back until `bytes` are there or it ends. */
async function exchange(bytes = answer.length): Promise<{ back: Buffer; socket: Socket }> {
  const socket = connect(Number(new URL(line.url).port), '127.0.0.1');
  socket.on('error', () => {});
  let back = Buffer.alloc(0);
  socket.write(message);
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('data', (some: Buffer) => {
      back = Buffer.concat([back, some]);
      if (back.length >= bytes) resolve();
    });
  });
  return { back, socket };
}

describe('a line', () => {
  test('that nothing befalls carries both ways', async () => {
    const { back, socket } = await exchange();
    expect([back.length, heard[0]?.bytes.length]).toEqual([answer.length, message.length]);
    socket.destroy();
    await heard[0]?.ended;
  });

  test('cuts a message: the server gets a part of it and no more', async () => {
    line.arm({ kind: 'cutMessage', share: 0.4 });
    const { back } = await exchange();
    await heard[0]?.ended;
    expect([back.length, heard[0]?.bytes.length]).toEqual([0, 120]);
  });

  test('cuts an answer: the server has the message, the client a part of the answer', async () => {
    line.arm({ kind: 'cutAnswer', share: 0.4 });
    const { back, socket } = await exchange(answer.length + 1);
    expect([back.length, heard[0]?.bytes.length]).toEqual([40, message.length]);
    expect(socket.destroyed).toBe(true);
  });

  test('lets a message straggle: its client is gone when it arrives', async () => {
    line.arm({ kind: 'straggler', delayMs: 30 });
    const { back } = await exchange();
    expect([back.length, heard[0]?.bytes.length ?? 0]).toEqual([0, 0]);
    await line.idle();
    await heard[0]?.ended;
    expect(heard[0]?.bytes.length).toBe(message.length);
  });

  test('delays a message and carries on', async () => {
    line.arm({ kind: 'delay', delayMs: 30 });
    const { back, socket } = await exchange();
    expect([back.length, heard[0]?.bytes.length]).toEqual([answer.length, message.length]);
    socket.destroy();
  });

  test('is idle though something was said into an answer that was cut', async () => {
    line.arm({ kind: 'cutAnswer', share: 0.4 });
    const port = Number(new URL(line.url).port);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.resume().write(message);
    await once(socket, 'end');
    line.arm({ kind: 'straggler', delayMs: 1 });
    socket.end(message);
    // Takes several turns, in the first of which the line has read what was said.
    await exchange();
    await line.idle();
    expect(heard[0]?.bytes.length).toBe(message.length);
  });

  test('harms one message only', async () => {
    line.arm({ kind: 'cutMessage', share: 0.4 });
    await exchange();
    expect((await exchange()).back.length).toBe(answer.length);
  });

  test('without a server ends at once', async () => {
    line.target = null;
    expect((await exchange()).back.length).toBe(0);
    expect(heard).toEqual([]);
  });
});
