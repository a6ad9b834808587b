import { beforeEach, describe, expect, it } from 'vitest';
import { FeedSender } from './feed-sender.ts';
import { packetsOf } from './packets.ts';
import { PictureReception } from './reception.ts';
import { readRecording } from './recording.ts';
import { isRtcp, nackPacket, pliPacket, readRtp, type RtpPacket } from './rtp.ts';

const packets = packetsOf(readRecording(), [100, 200, 400]);
const firstSsrc = 50;
let sent: RtpPacket[];
let sender: FeedSender;

beforeEach(() => {
  sent = [];
  sender = new FeedSender(packets, firstSsrc, (packet) => {
    if (!isRtcp(packet)) sent.push(readRtp(Buffer.from(packet))!);
  });
});

/** Lets so many ms pass, in ticks as the pacer gives them. */
function pass(fromMs: number, ms: number) {
  for (let at = fromMs; at < fromMs + ms; at += 10) sender.tick(at);
}

const of = (stream: number) => sent.filter(({ ssrc }) => ssrc === firstSsrc + stream);
const kbpsOf = (some: RtpPacket[]) =>
  (some.reduce((sum, { payload }) => sum + payload.length, 0) * 8) / 1000;

describe('a sender', () => {
  it('sends the layers that are wanted, at their rates, and no sound unasked', () => {
    pass(0, 1_000);
    expect([of(0).length, of(2).length, of(3).length]).toEqual([0, 0, 0]);
    expect(kbpsOf(of(1))).toBeGreaterThan(95);
    expect(kbpsOf(of(1))).toBeLessThan(115);
    sender.maxLayer = 2;
    sender.microphone = true;
    pass(1_000, 1_000);
    expect(of(0)).toHaveLength(50);
    expect(kbpsOf(of(3))).toBeGreaterThan(380);
    expect(kbpsOf(of(3))).toBeLessThan(450);
  });

  it('begins each layer with a key frame, and is decodable throughout', () => {
    sender.maxLayer = 2;
    pass(0, 15_000);
    for (const layer of [1, 2, 3]) {
      const shown: boolean[] = [];
      const reception = new PictureReception((_, isKey) => shown.push(isKey));
      for (const packet of of(layer)) reception.take(packet, 0);
      expect(shown).toHaveLength(225);
      expect(shown[0]).toBe(true);
      expect(reception.figures.lost).toBe(0);
    }
  });

  it('answers who lost a picture with a key frame, and who lost a packet with that packet', () => {
    pass(0, 500);
    const before = sent.length;
    sender.handleRtcp(pliPacket(1, firstSsrc + 1));
    pass(500, 60);
    const reception = new PictureReception();
    for (const packet of sent.slice(before)) reception.take(packet, 0);
    expect(reception.figures.keyFrames).toBe(1);

    const lost = sent[2]!;
    sender.handleRtcp(nackPacket(1, firstSsrc + 1, [lost.sequence, 40_000]));
    expect(sent.at(-1)).toEqual(lost);
  });

  it('does not make up for all that it missed while its process was held up', () => {
    sender.microphone = true;
    sender.tick(0);
    sender.tick(60_000);
    expect(of(0).length).toBeLessThan(20);
    expect(of(1).length).toBeLessThan(5);
  });
});
