import { describe, expect, it } from 'vitest';
import { diskStatus } from './disk.ts';
import { parseSegmentList } from './library.ts';
import {
  beginsKeyFrame,
  isRtcp,
  probePacket,
  readRtp,
  TimestampLine,
  withoutVp8Extension,
} from './rtp.ts';
import { sdpOf } from './sdp.ts';
import { trackFolder } from './track-folder.ts';
import { pauseMs } from './track-recording.ts';
import { trackTimeAt, WallClock } from './wall-clock.ts';

const header = (first = 0x80) => [first, 0xe5, 0x01, 0x02, 0, 0, 0, 9, 0, 0, 0, 1];

describe('RTP', () => {
  it('reads the header, with contributors and an extension', () => {
    const plain = Buffer.from([...header(), 0xff]);
    expect(readRtp(plain)).toEqual({ marker: true, sequence: 258, timestamp: 9, payloadAt: 12 });
    const extension = [0xbe, 0xde, 0, 1, 1, 2, 3, 4];
    const full = Buffer.from([...header(0x91), 1, 2, 3, 4, ...extension, 0xff]);
    expect(readRtp(full)?.payloadAt).toBe(24);
  });

  it('knows what is none', () => {
    expect(isRtcp(probePacket)).toBe(true);
    expect(readRtp(probePacket)).toBeNull();
    expect(readRtp(Buffer.from([...header(0x00), 1]))).toBeNull();
    expect(readRtp(Buffer.from(header()))).toBeNull();
    expect(readRtp(Buffer.from([...header(0x90), 0xbe, 0xde, 0, 9]))).toBeNull();
  });

  it.each([
    ['video/VP8', [0x10, 0x10], true],
    ['video/VP8', [0x10, 0x11], false],
    ['video/VP8', [0x00, 0x10], false],
    ['video/VP8', [0x11, 0x10], false],
    ['video/VP8', [0x90, 0xf0, 0x81, 0x02, 7, 8, 0x10], true],
    ['video/VP8', [0x90, 0x80, 0x01, 0x11], false],
    ['video/VP8', [0x90, 0x80], false],
    ['video/H264', [0x67, 0x42], true],
    ['video/H264', [0x78, 0, 9, 0x67], true],
    ['video/H264', [0x78, 0, 2, 0x09, 0xf0, 0, 1, 0x67], true],
    ['video/H264', [0x78, 0, 2, 0x09, 0xf0, 0, 1, 0x41], false],
    ['video/H264', [0x41, 0x9a], false],
    ['audio/opus', [0xfc], true],
  ])('%s %j begins a key frame: %s', (mimeType, payload, expected) => {
    expect(beginsKeyFrame(mimeType, Buffer.from(payload), 0)).toBe(expected);
  });

  it.each([
    [
      [0x90, 0xf0, 0x81, 0x02, 7, 8, 0x10, 0x11],
      [0x10, 0x10, 0x11],
    ],
    [
      [0x80, 0x80, 0x01, 0x11],
      [0x00, 0x11],
    ],
    [
      [0x10, 0x10, 0x11],
      [0x10, 0x10, 0x11],
    ],
  ])('takes picture number and layers out of VP8: %j', (payload, plain) => {
    const packet = Buffer.from([...header(0x80), ...payload]);
    expect(withoutVp8Extension(packet)).toEqual(Buffer.from([...header(0x80), ...plain]));
  });

  it('counts timestamps on over their end, and back for what came late', () => {
    const line = new TimestampLine();
    expect([0xffffff00, 0x100, 0xffffff80, 0x200].map((at) => line.at(at))).toEqual([
      0, 0x200, 0x80, 0x300,
    ]);
  });
});

it('describes tracks to ffmpeg, for packets of this machine alone', () => {
  const sdp = sdpOf([
    {
      port: 4000,
      codec: {
        mimeType: 'video/H264',
        clockRate: 90_000,
        payloadType: 102,
        parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' },
      },
    },
    {
      port: 4002,
      codec: {
        mimeType: 'audio/opus',
        clockRate: 48_000,
        channels: 2,
        payloadType: 100,
        parameters: { usedtx: 1 },
      },
    },
  ]).split('\r\n');
  expect(sdp).toContain('m=video 4000 RTP/AVP 102');
  expect(sdp).toContain('a=fmtp:102 packetization-mode=1;profile-level-id=42e01f');
  expect(sdp).toContain('a=rtpmap:100 opus 48000/2');
  expect(sdp.filter((line) => line.startsWith('a=source-filter'))).toHaveLength(2);
});

const limits = { warnBytes: 1_000, warnMinutes: 30, floorBytes: 100 };

it.each([
  [5_000, 0, 'ok', null],
  [5_000, 1, 'ok', 4_900 / 60],
  [5_000, 10, 'low', 490 / 60],
  [999, 0, 'low', null],
  [99, 0, 'full', null],
  [99, 1, 'full', 0],
])('%i bytes free and %i bytes/s: %s', (free, rate, level, minutesLeft) => {
  expect(diskStatus(free, rate, limits)).toMatchObject({ level, minutesLeft });
});

it('reads the list of segments as far as it is whole', () => {
  const list = '00000.mkv,0.000000,4.000000\n00001.mkv,4.000000,6.040000\n00002.mkv,6.0';
  expect([...parseSegmentList(list).values()]).toEqual([
    { file: '00000.mkv', startMs: 0, endMs: 4_000 },
    { file: '00001.mkv', startMs: 4_000, endMs: 6_040 },
  ]);
});

it('takes the packet that came soonest for the time of a track', () => {
  const clock = new WallClock();
  expect(clock.handlePacket(0, 1_000_300)).toBe(true);
  expect(clock.handlePacket(20, 1_000_100)).toBe(false);
  expect(clock.handlePacket(40, 1_000_900)).toBe(false);
  expect(clock.handlePacket(60_000, 1_060_200)).toBe(true);
  expect(clock.points).toEqual([
    { atMs: 0, epochMs: 1_000_080 },
    { atMs: 60_000, epochMs: 1_000_200 },
  ]);
  expect(trackTimeAt(clock.points, 1_000_000)).toBe(-80);
  expect(trackTimeAt(clock.points, 1_030_080)).toBe(30_000);
  expect(trackTimeAt(clock.points, 1_070_200)).toBe(70_000);
});

it('names a folder by time, hall and source, whatever the code', () => {
  const at = Date.UTC(2026, 10, 22, 1, 2, 3, 4);
  expect(trackFolder(at, '../Ba Vì', 'camera')).toBe('20261122T010203004Z-___Ba_V_-camera');
});

it.each([
  [0, 0],
  [1, 250],
  [3, 1_000],
  [20, 8_000],
])('after %i failures waits %i ms', (failures, expected) => {
  expect(pauseMs(failures)).toBe(expected);
});
