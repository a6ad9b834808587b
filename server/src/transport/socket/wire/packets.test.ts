import { describe, expect, test } from 'vitest';
import { textFrame } from './frames.ts';
import {
  answerFrame,
  connectedFrame,
  eventFrame,
  openFrame,
  parsePacket,
  refusedFrame,
} from './packets.ts';

describe('what a client sends', () => {
  test.each([
    ['3', { type: 'pong' }],
    ['1', { type: 'close' }],
    ['6', { type: 'ignored' }],
    ['40', { type: 'connect', namespace: '/', auth: {} }],
    ['40{"a":1}', { type: 'connect', namespace: '/', auth: { a: 1 } }],
    ['40/admin,{"a":1}', { type: 'connect', namespace: '/admin', auth: { a: 1 } }],
    ['40/admin', { type: 'connect', namespace: '/admin', auth: {} }],
    ['41', { type: 'disconnect' }],
    ['42["sync"]', { type: 'event', name: 'sync', values: [], id: null }],
    ['420["sync",{"a":[1]}]', { type: 'event', name: 'sync', values: [{ a: [1] }], id: 0 }],
    ['4212["a",1,2]', { type: 'event', name: 'a', values: [1, 2], id: 12 }],
    ['430[]', { type: 'ignored' }],
  ])('%s is understood', (text, packet) => {
    expect(parsePacket(text)).toEqual(packet);
  });

  test.each([
    '',
    '0{}',
    '2',
    '2probe',
    '5',
    '4',
    '44{}',
    '45-["a"]',
    '46-[]',
    '49',
    '40[]',
    '40null',
    '40{',
    '41/admin,',
    '42/admin,["a"]',
    '42',
    '42{}',
    '42[]',
    '42[1]',
    '42["a"',
    '421234567890123456["a"]',
    'x',
  ])('%s breaks the protocol', (text) => {
    expect(parsePacket(text)).toBeNull();
  });
});

const textOf = (frame: Buffer) => frame.toString('utf8', 2);

test('what the server says has the words of Engine.IO 4 and Socket.IO 5', () => {
  expect([
    textOf(connectedFrame('x')),
    textOf(refusedFrame('/', 'a', { code: 'a' })),
    textOf(refusedFrame('/admin', 'Invalid namespace')),
    textOf(eventFrame('revoked')),
    textOf(eventFrame('signal', { a: 'ố' })),
    textOf(answerFrame(7, '{"ok":true}')),
    textOf(openFrame({ sid: 's', pingIntervalMs: 1, pingTimeoutMs: 2, maxMessageBytes: 3 })),
  ]).toEqual([
    '40{"sid":"x"}',
    '44{"message":"a","data":{"code":"a"}}',
    '44/admin,{"message":"Invalid namespace"}',
    '42["revoked"]',
    '42["signal",{"a":"ố"}]',
    '437[{"ok":true}]',
    '0{"sid":"s","upgrades":[],"pingInterval":1,"pingTimeout":2,"maxPayload":3}',
  ]);
});

test.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])('a frame of %i bytes has the head of its length', (length, head) => {
  const frame = textFrame('x'.repeat(length));
  expect([...frame.subarray(0, head.length)]).toEqual(head);
  expect(frame.toString('utf8', head.length)).toBe('x'.repeat(length));
});
