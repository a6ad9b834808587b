/** Bare `ws`: each delivery is framed once, and that frame written to every socket. */
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PeerOrder } from './peers.ts';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 4_096,
  perMessageDeflate: false,
});
let greeting = '';
server.on('connection', (socket) => {
  if (greeting) socket.send(greeting);
});
server.on('listening', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

process.on('message', (order: PeerOrder) => {
  greeting = order.greeting ?? greeting;
  if (!order.delivery) return;
  const frame = textFrame(Buffer.from(`42${JSON.stringify(['delivery', order.delivery])}`));
  for (const socket of server.clients) streamOf(socket).write(frame);
});
process.on('disconnect', () => process.exit(0));

function textFrame(payload: Buffer): Buffer {
  const head = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

function streamOf(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}
