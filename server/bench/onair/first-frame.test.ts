import { describe, expect, it } from 'vitest';
import { FirstFrame } from './first-frame.ts';

interface Part {
  sequence: number;
  isKey?: boolean;
  isStart?: boolean;
  isLast?: boolean;
}

/** RFC 7741: descriptor, then the first byte of the frame, whose lowest bit is 0 in a key frame. */
function packetOf({ isKey, isLast, isStart, sequence }: Part): Buffer {
  const packet = Buffer.alloc(20);
  packet[0] = 0x80;
  packet[1] = (isLast ? 0x80 : 0) | 101;
  packet.writeUInt16BE(sequence, 2);
  packet[12] = isStart ? 0x10 : 0;
  packet[13] = isKey ? 0 : 1;
  return packet;
}

const key = { isKey: true, isStart: true };

describe('the first frame', () => {
  it.each<[string, Part[], number]>([
    ['in one packet', [{ sequence: 1, ...key, isLast: true }], 0],
    ['in three', [{ sequence: 1, ...key }, { sequence: 2 }, { sequence: 3, isLast: true }], 2],
    [
      'after others',
      [
        { sequence: 1, isStart: true, isLast: true },
        { sequence: 2, ...key, isLast: true },
      ],
      1,
    ],
    [
      'whose middle is lost',
      [
        { sequence: 1, ...key },
        { sequence: 3, isLast: true },
      ],
      -1,
    ],
    [
      'over the end of the numbers',
      [
        { sequence: 65_535, ...key },
        { sequence: 0, isLast: true },
      ],
      1,
    ],
    [
      'that comes once',
      [
        { sequence: 1, ...key, isLast: true },
        { sequence: 2, ...key, isLast: true },
      ],
      0,
    ],
  ])('%s', (_, parts, at) => {
    const first = new FirstFrame((packet, headBytes) => packet.subarray(headBytes));
    first.wait();
    const whole = parts.map((part) => first.handlePacket(packetOf(part)));
    expect(whole.map((is, index) => (is ? index : -1)).filter((index) => index >= 0)).toEqual(
      at < 0 ? [] : [at],
    );
  });

  it('is not waited for unasked, and knows how often the numbers began again', () => {
    const rollovers: number[] = [];
    const first = new FirstFrame((packet, headBytes, rollover) => {
      rollovers.push(rollover);
      return packet.subarray(headBytes);
    });
    for (const sequence of [65_534, 65_535, 0, 1]) {
      expect(first.handlePacket(packetOf({ sequence, ...key, isLast: true }))).toBe(false);
    }
    first.wait();
    expect(first.handlePacket(packetOf({ sequence: 2, ...key, isLast: true }))).toBe(true);
    expect(rollovers).toEqual([1]);
  });
});
