import { expect, it } from 'vitest';
import { ReorderBuffer } from './reorder.ts';
import type { SoundPacket } from './rtp-packet.ts';

const packet = (sequence: number, arrivedAt = 0, ssrc = 1): SoundPacket => ({
  sequence: sequence & 0xffff,
  timestamp: 0,
  ssrc,
  payload: Buffer.from([1]),
  arrivedAt,
});

/** What comes out of packets that arrive 20 ms apart, and what is left at the end. */
function ordered(sequences: readonly number[]) {
  const buffer = new ReorderBuffer();
  const out = sequences.flatMap((sequence, at) => buffer.push(packet(sequence, at * 20)));
  return {
    out: out.map(({ sequence }) => sequence),
    left: buffer.flush().map(({ sequence }) => sequence),
  };
}

it.each([
  { name: 'in order', come: [5, 6, 7], out: [5, 6, 7], left: [] },
  { name: 'swapped', come: [5, 7, 6, 8], out: [5, 6, 7, 8], left: [] },
  { name: 'twice', come: [5, 6, 6, 7, 6, 5], out: [5, 6, 7], left: [] },
  { name: 'twice while it waits', come: [5, 7, 7, 6], out: [5, 6, 7], left: [] },
  {
    name: 'over the end of the numbers',
    come: [65534, 0, 65535, 1],
    out: [65534, 65535, 0, 1],
    left: [],
  },
  { name: 'one lost', come: [5, 7, 8, 9, 10, 11, 12], out: [5, 7, 8, 9, 10, 11, 12], left: [] },
  { name: 'one lost just now', come: [5, 7, 8], out: [5], left: [7, 8] },
  { name: 'two holes at once', come: [5, 7, 9, 10], out: [5], left: [7, 9, 10] },
  { name: 'too late', come: [5, 7, 8, 9, 10, 11, 12, 6], out: [5, 7, 8, 9, 10, 11, 12], left: [] },
  { name: 'one from far away', come: [5, 40_000, 6, 7], out: [5, 6, 7], left: [] },
  { name: 'begun anew', come: [5, 40_000, 40_001, 40_002], out: [5, 40_001, 40_002], left: [] },
  { name: 'gone back', come: [5_000, 100, 101, 102], out: [5_000, 101, 102], left: [] },
])('$name', ({ come, out, left }) => {
  expect(ordered(come)).toEqual({ out, left });
});

it('gives what waits to another stream, and after the time that a lost packet is waited for', () => {
  const buffer = new ReorderBuffer();
  buffer.push(packet(5, 0));
  expect(buffer.push(packet(7, 10))).toEqual([]);
  expect(buffer.expire(109)).toEqual([]);
  expect(buffer.expire(110).map(({ sequence }) => sequence)).toEqual([7]);
  buffer.push(packet(9, 200));
  const next = buffer.push(packet(40_000, 210, 2));
  expect(next.map(({ sequence }) => sequence)).toEqual([9, 40_000]);
});

it('holds no more than a few, however many are missing', () => {
  const buffer = new ReorderBuffer();
  let given = buffer.push(packet(0)).length;
  for (let sequence = 2; sequence < 2_000; sequence += 2) {
    given += buffer.push(packet(sequence)).length;
  }
  expect(given + buffer.flush().length).toBe(1_000);
  expect(given).toBeGreaterThan(980);
});
