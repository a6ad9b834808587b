import { expect, test } from 'vitest';
import { MessageCounter } from './query-proxy.ts';

const message = (type: string, body: string) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), head, Buffer.from(body)]);
};

test.each([1, 3, 7, 1_000])('messages are found in pieces of %i bytes', (size) => {
  const types: string[] = [];
  const counter = new MessageCounter((type) => types.push(String.fromCharCode(type)));
  const stream = Buffer.concat([
    message('', 'user'),
    message('Q', 'select 1'),
    message('P', 'select $1'),
    message('B', ''),
    message('E', 'QQQQ'),
    message('S', ''),
  ]);
  for (let start = 0; start < stream.length; start += size) {
    counter.take(stream.subarray(start, start + size));
  }
  expect(types).toEqual(['Q', 'P', 'B', 'E', 'S']);
});
