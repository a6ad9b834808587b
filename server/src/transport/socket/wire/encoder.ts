import { Encoder, type Packet, PacketType } from 'socket.io-parser';
import { textFrame } from './frames.ts';

/** An answer that is JSON already: a thousand pages that come back are given the same words. */
export class WrittenJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Socket.IO's own encoder, and answers that need no writing any more. */
export class AnswerEncoder extends Encoder {
  override encode(packet: Packet): unknown[] {
    const [answer] = packet.type === PacketType.ACK ? (packet.data as unknown[]) : [];
    if (!(answer instanceof WrittenJson)) return super.encode(packet);
    return [`${PacketType.ACK}${packet.id}[${answer.text}]`];
  }
}

/** An event as one whole WebSocket frame, as Socket.IO would write it, for any number of sockets. */
export function eventFrame(name: string, payload?: unknown): Buffer {
  const values = payload === undefined ? [name] : [name, payload];
  return textFrame(`4${PacketType.EVENT}${JSON.stringify(values)}`);
}
