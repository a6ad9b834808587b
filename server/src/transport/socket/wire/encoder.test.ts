import { Decoder, type Packet, PacketType } from 'socket.io-parser';
import { describe, expect, test } from 'vitest';
import { answerFrame, eventFrame } from './encoder.ts';

/** What a page's Socket.IO makes of it. */
function decoded(text: string): Packet {
  const packets: Packet[] = [];
  const decoder = new Decoder();
  decoder.on('decoded', (packet: Packet) => packets.push(packet));
  decoder.add(text);
  return packets[0]!;
}

describe('what is sent is what Socket.IO reads', () => {
  test('an answer that was written already', () => {
    const answer = { ok: true, seq: 7, text: 'Ý kiến của bà con' };
    const frame = answerFrame('12', JSON.stringify(answer));
    expect(frame[0]).toBe(0x81);
    expect(frame[1]).toBe(frame.length - 2);
    expect(frame.toString('utf8', 2, 3)).toBe('4');
    expect(decoded(frame.toString('utf8', 3))).toMatchObject({
      type: PacketType.ACK,
      nsp: '/',
      id: 12,
      data: [answer],
    });
  });

  test.each([
    ['nothing', undefined, ['revoked'], 2],
    ['a short text', { text: 'ngắn' }, ['delivery', { text: 'ngắn' }], 2],
    ['a long one', { text: 'ơ'.repeat(1_000) }, ['delivery', { text: 'ơ'.repeat(1_000) }], 4],
    ['a huge one', { text: 'ơ'.repeat(40_000) }, ['delivery', { text: 'ơ'.repeat(40_000) }], 10],
  ])('an event with %s, as one whole frame', (_case, payload, data, headLength) => {
    const frame = eventFrame(data[0] as string, payload);
    expect(frame[0]).toBe(0x81);
    const text = frame.toString('utf8', headLength);
    // Engine.IO's message comes before Socket.IO's packet.
    expect(text[0]).toBe('4');
    expect(decoded(text.slice(1))).toMatchObject({ type: PacketType.EVENT, nsp: '/', data });
  });
});
