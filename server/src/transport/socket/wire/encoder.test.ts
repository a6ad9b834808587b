import { Decoder, type Packet, PacketType } from 'socket.io-parser';
import { describe, expect, test } from 'vitest';
import { AnswerEncoder, eventFrame, WrittenJson } from './encoder.ts';

/** What a page's Socket.IO makes of it. */
function decoded(text: string): Packet {
  const packets: Packet[] = [];
  const decoder = new Decoder();
  decoder.on('decoded', (packet: Packet) => packets.push(packet));
  decoder.add(text);
  return packets[0]!;
}

describe('what is sent is what Socket.IO reads', () => {
  const answer = { ok: true, seq: 7, text: 'Ý kiến của bà con' };

  test('an answer that was written already', () => {
    const packet = { type: PacketType.ACK, nsp: '/', id: 12 };
    const [ours] = new AnswerEncoder().encode({
      ...packet,
      data: [new WrittenJson(JSON.stringify(answer))],
    });
    expect(decoded(ours as string)).toMatchObject({ ...packet, data: [answer] });
  });

  test('everything else, by its own encoder', () => {
    const packet = { type: PacketType.ACK, nsp: '/', id: 3, data: [answer] };
    const [ours] = new AnswerEncoder().encode(packet);
    expect(decoded(ours as string)).toMatchObject(packet);
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
