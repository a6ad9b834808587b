import { beforeEach, describe, expect, it } from 'vitest';
import { PictureReception, SoundReception } from './reception.ts';
import type { RtpPacket } from './rtp.ts';

let reception: PictureReception;
let shown: ('key' | 'other')[];
let now: number;

beforeEach(() => {
  shown = [];
  now = 1_000;
  reception = new PictureReception((_, isKey) => shown.push(isKey ? 'key' : 'other'));
});

type Part = 'start' | 'middle' | 'end' | 'whole';

function packet(sequence: number, frame: 'key' | 'other', part: Part = 'whole'): RtpPacket {
  const isStart = part === 'start' || part === 'whole';
  const payload = Buffer.from([isStart ? 0x10 : 0x00, frame === 'key' ? 0x10 : 0x11]);
  const marker = part === 'end' || part === 'whole';
  return { marker, sequence: sequence & 0xffff, timestamp: 0, ssrc: 1, payload };
}

const take = (...packets: RtpPacket[]) => {
  for (const each of packets) reception.take(each, now);
};

describe('a received picture', () => {
  it('begins with a whole key frame', () => {
    take(packet(1, 'other'), packet(2, 'key', 'start'), packet(3, 'key', 'middle'));
    expect(shown).toEqual([]);
    take(packet(4, 'key', 'end'), packet(5, 'other'));
    expect(shown).toEqual(['key', 'other']);
    expect(reception.figures).toMatchObject({ packets: 5, frames: 2, keyFrames: 1, lost: 0 });
  });

  it('asks for a key frame while it has none, and not too often', () => {
    take(packet(1, 'other'));
    expect(reception.requests(now).keyFrame).toBe(true);
    expect(reception.requests(now + 100).keyFrame).toBe(false);
    expect(reception.requests(now + 500).keyFrame).toBe(true);
    take(packet(2, 'key'));
    expect(reception.requests(now + 5_000).keyFrame).toBe(false);
  });

  it('asks for what is missing, and waits for it', () => {
    take(packet(65_535, 'key'), packet(65_537, 'other'), packet(65_538, 'other'));
    expect(shown).toEqual(['key']);
    expect(reception.requests(now).again).toEqual([0]);
    expect(reception.requests(now + 50).again).toEqual([]);
    take(packet(65_536, 'other'));
    expect(shown).toEqual(['key', 'other', 'other', 'other']);
    expect(reception.requests(now + 500).again).toEqual([]);
    expect(reception.figures.lost).toBe(0);
  });

  it('goes on without what never comes, from the next key frame', () => {
    take(packet(1, 'key'), packet(3, 'other'), packet(4, 'other'));
    expect(reception.requests(now + 1_100)).toEqual({ again: [], keyFrame: true });
    take(packet(5, 'other'));
    expect(shown).toEqual(['key']);
    take(packet(6, 'key'), packet(7, 'other'));
    expect(shown).toEqual(['key', 'key', 'other']);
    expect(reception.figures.lost).toBe(1);
    expect(reception.report()).toMatchObject({ lost: 1, highestSequence: 0x1_0007 });
  });

  it('takes packets twice and late ones without harm', () => {
    take(packet(1, 'key'), packet(1, 'key'), packet(2, 'other'), packet(1, 'key'));
    expect(shown).toEqual(['key', 'other']);
  });

  it('counts a picture that stands much longer than usual', () => {
    take(packet(1, 'key'));
    for (let frame = 2; frame < 40; frame += 1) {
      now += 66;
      take(packet(frame, 'other'));
    }
    expect(reception.figures.freezes).toBe(0);
    now += 400;
    take(packet(40, 'other'));
    expect(reception.figures).toMatchObject({ freezes: 1, frozenMs: 400 });
  });

  it('joins on to nothing after a pause', () => {
    take(packet(1, 'key'));
    reception.restart();
    now += 60_000;
    take(packet(30_000, 'other'));
    expect(reception.requests(now)).toEqual({ again: [], keyFrame: true });
    take(packet(30_001, 'key'));
    expect(shown).toEqual(['key', 'key']);
    expect(reception.figures.freezes).toBe(0);
  });
});

it('received sound is counted, and what is missing of it', () => {
  const sound = new SoundReception();
  for (const sequence of [1, 2, 5, 4]) sound.take(packet(sequence, 'other'));
  expect(sound.figures).toMatchObject({ packets: 4, lost: 1 });
  sound.restart();
  sound.take(packet(900, 'other'));
  expect(sound.figures.lost).toBe(0);
});
