import { Encoder, PacketType } from 'socket.io-parser';
import { describe, expect, test } from 'vitest';
import { readRequest } from './reading.ts';

const written = (packet: object) => new Encoder().encode(packet as never)[0];
const event = { type: PacketType.EVENT, nsp: '/' };

describe('what a page sends', () => {
  test('with an answer awaited', () => {
    const text = written({ ...event, id: 12, data: ['command', { text: 'Ý kiến [1]' }] });
    expect(readRequest(text)).toEqual({
      event: 'command',
      payload: { text: 'Ý kiến [1]' },
      answerId: '12',
    });
  });

  test('without', () => {
    const text = written({ ...event, data: ['sync'] });
    expect(readRequest(text)).toEqual({ event: 'sync', payload: {}, answerId: null });
  });
});

test.each([
  ['another packet', '1'],
  ['an answer', '30[{}]'],
  ['another namespace', '2/other,["command"]'],
  ['what has attachments', '51-["command",{"_placeholder":true,"num":0}]'],
  ['what is no array', '2{"0":"command"}'],
  ['what is broken off', '21["command",{'],
  ['a name that is none', '21[7]'],
  ['an empty event', '21[]'],
  ['a name of its own', '21["disconnect"]'],
  ['an id without end', `2${'1'.repeat(40)}["command"]`],
  ['bytes', Buffer.from('21["command"]')],
])('%s is left to Socket.IO', (_case, text) => {
  expect(readRequest(text)).toBeNull();
});
