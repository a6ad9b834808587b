import { describe, expect, it } from 'vitest';
import {
  nackPacket,
  pliPacket,
  readRtcp,
  readRtp,
  readVp8,
  receiverReport,
  rtpHeadBytes,
  senderReport,
  writeRtpHead,
  writeVp8Descriptor,
} from './rtp.ts';

describe('RTP', () => {
  it('reads what it writes', () => {
    const packet = Buffer.alloc(20, 7);
    const head = { payloadType: 101, marker: true, sequence: 65_537, timestamp: -1, ssrc: 9 };
    writeRtpHead(packet, head);
    const payload = Buffer.alloc(8, 7);
    const read = { marker: true, sequence: 1, timestamp: 0xffff_ffff, ssrc: 9, payload };
    expect(readRtp(packet)).toEqual(read);
  });

  it('passes over contributors, extensions and padding', () => {
    const packet = Buffer.alloc(12 + 4 + 8 + 3 + 2, 1);
    writeRtpHead(packet, { payloadType: 1, marker: false, sequence: 1, timestamp: 1, ssrc: 1 });
    packet[0] = 0x80 | 0x20 | 0x10 | 1;
    packet.writeUInt16BE(1, 12 + 4 + 2);
    packet[packet.length - 1] = 2;
    expect(readRtp(packet)!.payload).toEqual(Buffer.from([1, 1, 1]));
  });

  it.each([
    ['too short', Buffer.alloc(11, 0x80)],
    ['of another version', Buffer.alloc(20, 0x40)],
    ['cut off in its extension', Buffer.concat([Buffer.from([0x90]), Buffer.alloc(12)])],
    ['padded beyond itself', Buffer.concat([Buffer.from([0xa0]), Buffer.alloc(12, 200)])],
  ])('takes nothing %s', (_, packet) => expect(readRtp(packet)).toBeNull());

  it.each<[string, number[], ReturnType<typeof readVp8>]>([
    ['a key frame', [0x10, 0x10], { isStart: true, isKey: true }],
    ['another frame', [0x10, 0x11], { isStart: true, isKey: false }],
    ['a second partition', [0x11, 0x10], { isStart: false, isKey: false }],
    ['a short picture id', [0x90, 0x80, 0x05, 0x11, 0], { isStart: true, isKey: false }],
    [
      'a long picture id, an index and layers',
      [0x90, 0xe0, 0x81, 0x05, 3, 0x40, 0x10],
      { isStart: true, isKey: true },
    ],
    ['a descriptor that is cut off', [0x90, 0x80], null],
    ['nothing', [], null],
  ])('reads the descriptor of VP8: %s', (_, bytes, read) => {
    expect(readVp8(Buffer.from(bytes))).toEqual(read);
  });

  it('writes the descriptor of VP8', () => {
    const packet = Buffer.alloc(rtpHeadBytes + 5);
    writeVp8Descriptor(packet, rtpHeadBytes, true, 0x8001);
    expect([...packet.subarray(rtpHeadBytes)]).toEqual([0x90, 0x80, 0x80, 0x01, 0]);
    expect(readVp8(packet.subarray(rtpHeadBytes))).toEqual({ isStart: true, isKey: true });
  });
});

describe('RTCP', () => {
  it('reads what asks for packets and pictures, and reports, in one packet', () => {
    const fir = Buffer.alloc(20);
    fir.set([0x84, 206, 0, 4]);
    fir.writeUInt32BE(33, 12);
    const blp = nackPacket(1, 7, [10]);
    blp.writeUInt16BE(0b101, 14);
    const report = senderReport({ ssrc: 5, epochMs: 500, timestamp: 1, packets: 1, bytes: 1 });
    const compound = Buffer.concat([
      report,
      nackPacket(1, 7, [9, 65_535]),
      blp,
      pliPacket(1, 8),
      fir,
    ]);
    expect(readRtcp(compound)).toEqual([
      {
        kind: 'senderReport',
        ssrc: 5,
        ntpMiddle: ((2_208_988_800 % 65_536) * 65_536 + 32_768) >>> 0,
      },
      { kind: 'nack', ssrc: 7, sequences: [9, 65_535] },
      { kind: 'nack', ssrc: 7, sequences: [10, 11, 13] },
      { kind: 'keyFrame', ssrc: 8 },
      { kind: 'keyFrame', ssrc: 33 },
    ]);
  });

  it('stops at what is cut off', () => {
    expect(readRtcp(pliPacket(1, 8).subarray(0, 10))).toEqual([]);
  });

  it('reports what was received (RFC 3550, section 6.4.2)', () => {
    const packet = receiverReport(3, [
      { ssrc: 4, lostShare: 0.5, lost: 2, highestSequence: 70_000, ntpMiddle: 6, sinceMs: 500 },
    ]);
    expect(packet.readUInt32BE(8)).toBe(4);
    expect([...packet.subarray(12, 16)]).toEqual([128, 0, 0, 2]);
    expect(packet.readUInt32BE(16)).toBe(70_000);
    expect([packet.readUInt32BE(24), packet.readUInt32BE(28)]).toEqual([6, 32_768]);
  });
});
