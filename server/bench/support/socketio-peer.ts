/** Socket.IO as it comes, WebSocket only: `io.emit`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { PeerOrder } from './peers.ts';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
http.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
  process.send?.(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});

process.on('message', ({ delivery }: PeerOrder) => {
  if (delivery) io.emit('delivery', delivery);
});
process.on('disconnect', () => process.exit(0));
