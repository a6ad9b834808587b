import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { answerFrame } from './encoder.ts';
import { Intake } from './intake.ts';
import { Line, type LineRequest } from './line.ts';

/** As much of an admitted socket as a line touches; `calls` are the calls of the kernel. */
function openLine() {
  const calls: string[][] = [];
  const stream = new Duplex({
    decodeStrings: false,
    read() {},
    write(chunk, _encoding, done) {
      calls.push([String(chunk)]);
      done();
    },
    writev(chunks, done) {
      calls.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  let receive = (_text: string) => {};
  const socket = {
    id: 'socket',
    connected: true,
    conn: {
      writeBuffer: [],
      transport: { socket: { _socket: stream } },
      on: (_event: 'data', handle: typeof receive) => (receive = handle),
      off: () => {},
    },
    client: { ondata: () => {} },
    on: () => {},
    disconnect: () => stream.write('goodbye'),
  };
  const line = new Line(socket as unknown as Socket);
  const requests: LineRequest[] = [];
  line.listener = { handleRequest: (request) => requests.push(request), handleGone: () => {} };
  const ask = () => {
    receive('21["command",{}]');
    return requests.at(-1)!;
  };
  return { line, calls, ask, requests, stream };
}

const frame = Buffer.from('delivery');
const told = String(answerFrame('1', '"answer"'));

test('what an asker is told and the answer leave in one call of the kernel', async () => {
  const { line, calls, ask } = openLine();
  const { answer } = ask();
  line.pass(frame);
  // Answers come by promises, some steps behind the delivery.
  await Promise.resolve().then(() => Promise.resolve());
  expect(calls).toEqual([]);
  answer!('"answer"');
  expect(calls).toEqual([[`delivery${told}`]]);
  await setImmediate();
  expect(calls).toHaveLength(1);
});

test('nothing is held back from whoever awaits no answer', () => {
  const { line, calls, ask } = openLine();
  line.pass(frame);
  ask().answer!('"answer"');
  line.pass(frame);
  expect(calls).toEqual([['delivery'], [told], ['delivery']]);
});

test('what is held back leaves although no answer comes', async () => {
  const { line, calls, ask } = openLine();
  ask();
  line.pass(frame);
  await setImmediate();
  expect(calls).toEqual([['delivery']]);
});

test('what is held back leaves before a goodbye', () => {
  const { line, calls, ask } = openLine();
  ask();
  line.pass(frame);
  line.end();
  expect(calls).toEqual([['delivery'], ['goodbye']]);
});

test('a command that waits for its turn is read when another one was answered', async () => {
  const { line, ask, requests } = openLine();
  line.intake = new Intake(1);
  const first = ask();
  ask();
  expect(requests).toHaveLength(1);
  first.answer!('"answer"');
  await setImmediate();
  expect(requests).toHaveLength(2);
});

test('whoever sends on and on while nobody reads is cut', () => {
  const { line, ask, stream } = openLine();
  line.intake = new Intake(1);
  for (let sent = 0; sent < 1_001; sent += 1) ask();
  expect(stream.destroyed).toBe(false);
  ask();
  expect(stream.destroyed).toBe(true);
});
