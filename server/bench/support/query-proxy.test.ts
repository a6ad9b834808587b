import { expect, test } from 'vitest';
import { MessageReader } from './query-proxy.ts';

const message = (type: string, body: string) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), head, Buffer.from(body)]);
};

test.each([1, 3, 7, 1_000])('messages are found in pieces of %i bytes', (size) => {
  const found: string[] = [];
  const reader = new MessageReader((type, body) => {
    found.push(`${String.fromCharCode(type)} ${body?.toString() ?? 'long'}`);
  });
  const stream = Buffer.concat([
    message('', 'user'),
    message('Q', 'select 1'),
    message('Q', 'select 1'.padEnd(60)),
    message('P', 'select $1'),
    message('B', ''),
    message('E', 'QQQQ'),
    message('S', ''),
  ]);
  for (let start = 0; start < stream.length; start += size) {
    reader.take(stream.subarray(start, start + size));
  }
  expect(found).toEqual(['Q select 1', 'Q long', 'P select $1', 'B ', 'E QQQQ', 'S ']);
});
