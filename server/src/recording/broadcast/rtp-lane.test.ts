import { expect, it } from 'vitest';
import { readRtp } from '../rtp.ts';
import { RtpLane } from './rtp-lane.ts';

const format = { payloadType: 100, ssrc: 7, clockRate: 48_000 };
const began = 1_000_000;

function packet(sequence: number, timestamp: number): Buffer {
  const header = Buffer.from([0x80, 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff]);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  return header;
}

const seen = (made: Buffer | null) => {
  const { sequence, timestamp } = readRtp(made!)!;
  return [sequence, timestamp];
};

it('goes on from one source to the other, in numbers and in time', () => {
  const lane = new RtpLane(format, began);
  expect(seen(lane.take(packet(65_535, 500), 'a', began))).toEqual([1, 0]);
  expect(seen(lane.take(packet(65_536, 1_460), 'a', began + 20))).toEqual([2, 960]);
  expect(seen(lane.take(packet(9, 0xffffffff), 'b', began + 1_000))).toEqual([3, 48_000]);
  expect(seen(lane.take(packet(10, 959), 'b', began + 1_020))).toEqual([4, 48_960]);
});

it('keeps the order of what a source lost, and of what came late', () => {
  const lane = new RtpLane(format, began);
  lane.take(packet(10, 0), 'a', began);
  expect(seen(lane.take(packet(13, 2_880), 'a', began + 60))).toEqual([4, 2_880]);
  expect(seen(lane.take(packet(12, 1_920), 'a', began + 62))).toEqual([3, 1_920]);
  expect(seen(lane.take(packet(14, 3_840), 'a', began + 80))).toEqual([5, 3_840]);
});

it('fills a silence, and never goes back', () => {
  const lane = new RtpLane(format, began);
  lane.take(packet(1, 0), 'a', began);
  expect(seen(lane.fill(Buffer.from([1]), 20, true))).toEqual([2, 960]);
  expect(lane.reachedMs).toBe(20);
  expect(seen(lane.take(packet(2, 960), 'a', began + 10))).toEqual([3, 961]);
});

it('follows our clock when a source runs away from it', () => {
  const lane = new RtpLane(format, began);
  lane.take(packet(1, 0), 'a', began);
  expect(seen(lane.take(packet(2, 960), 'a', began + 5_000))).toEqual([2, 240_000]);
});

it('says which time it is, as a sender report', () => {
  const report = new RtpLane(format, began).report(began + 1_500);
  expect([report[1], report.readUInt16BE(2), report.readUInt32BE(4)]).toEqual([200, 6, 7]);
  expect(report.readUInt32BE(8)).toBe(2_208_988_800 + 1_001);
  expect(report.readUInt32BE(12)).toBe(2 ** 31);
  expect(report.readUInt32BE(16)).toBe(72_000);
});
