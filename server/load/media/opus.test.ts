import { expect, test } from 'vitest';
import { joinOpus } from './opus.ts';

const packet = (head: number, ...frame: number[]) => Buffer.from([head, ...frame]);

test('three packets become one with their lengths before them', () => {
  const joined = joinOpus([packet(0xf8, 1, 2), packet(0xf8, 3), packet(0xf8, 4, 5, 6)], 3);
  expect(joined).toEqual([Buffer.from([0xfb, 0x83, 2, 1, 1, 2, 3, 4, 5, 6])]);
});

test('a long frame has its length in two bytes', () => {
  const long = Buffer.concat([Buffer.from([0xf8]), Buffer.alloc(603, 7)]);
  const [joined] = joinOpus([long, packet(0xf8, 1)], 2);
  // 255 + 4 × 87
  expect([...joined!.subarray(0, 4)]).toEqual([0xfb, 0x82, 255, 87]);
  expect(joined!.length).toBe(4 + 603 + 1);
});

test('packets before a change of mode, and those too few for another one, are left out', () => {
  const packets = [packet(0x78, 1), packet(0xf8, 2), packet(0xf8, 3), packet(0xf8, 4)];
  expect(joinOpus(packets, 2)).toEqual([Buffer.from([0xfb, 0x82, 1, 2, 3])]);
});

test('what holds several frames already is refused', () => {
  expect(() => joinOpus([packet(0xf9, 1), packet(0xf9, 1)], 2)).toThrow('more than one frame');
});
