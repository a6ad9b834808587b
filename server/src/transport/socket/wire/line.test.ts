import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import type { WrittenJson } from './encoder.ts';
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
  let receive = (..._values: unknown[]) => {};
  const socket = {
    id: 'socket',
    connected: true,
    conn: { writeBuffer: [], transport: { socket: { _socket: stream } } },
    onAny: (handle: typeof receive) => (receive = handle),
    on: () => {},
  };
  const line = new Line(socket as unknown as Socket);
  const requests: LineRequest[] = [];
  line.listener = { handleRequest: (request) => requests.push(request), handleGone: () => {} };
  const ask = () => {
    receive('command', {}, ({ text }: WrittenJson) => stream.write(text));
    return requests.at(-1)!;
  };
  return { line, calls, ask };
}

const frame = Buffer.from('delivery');

test('what an asker is told and the answer leave in one call of the kernel', async () => {
  const { line, calls, ask } = openLine();
  const { answer } = ask();
  line.pass(frame);
  // Answers come by promises, some steps behind the delivery.
  await Promise.resolve().then(() => Promise.resolve());
  answer!('answer');
  expect(calls).toEqual([]);
  await setImmediate();
  expect(calls).toEqual([['delivery', 'answer']]);
});

test('nothing is held back from whoever awaits no answer', () => {
  const { line, calls, ask } = openLine();
  line.pass(frame);
  ask().answer!('answer');
  line.pass(frame);
  expect(calls).toEqual([['delivery'], ['answer'], ['delivery']]);
});

test('what is held back leaves although no answer comes', async () => {
  const { line, calls, ask } = openLine();
  ask();
  line.pass(frame);
  await setImmediate();
  expect(calls).toEqual([['delivery']]);
});
