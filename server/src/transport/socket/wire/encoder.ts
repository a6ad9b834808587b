import { PacketType } from 'socket.io-parser';
import { textFrame } from './frames.ts';

/* Whole WebSocket frames, as Socket.IO would write them; `4` is a message of Engine.IO's. */

/** An event, for any number of sockets. */
export function eventFrame(name: string, payload?: unknown): Buffer {
  const values = payload === undefined ? [name] : [name, payload];
  return textFrame(`4${PacketType.EVENT}${JSON.stringify(values)}`);
}

/** The answer to the request of that id; `json` is the answer, written already. */
export function answerFrame(id: string, json: string): Buffer {
  return textFrame(`4${PacketType.ACK}${id}[${json}]`);
}
