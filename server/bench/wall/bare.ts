/** The bare peer: takes reports over bare `ws`, and once a second tells one page what changed. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerAll } from '../support/helper-process.ts';
import { barePage } from './bare-page.ts';

/** As long as the product gathers. */
const gatherMs = 1_000;

const http = createServer(({ url }, response) => {
  const { searchParams } = new URL(url!, 'http://bare');
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(barePage(Number(searchParams.get('halls'))));
});
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
const pages = new Set<WebSocket>();
let changed: Record<string, unknown> = {};
let timer: NodeJS.Timeout | null = null;

function flush(): void {
  timer = null;
  const told = JSON.stringify(changed);
  changed = {};
  for (const page of pages) page.send(told);
}

server.on('connection', (socket, { url }) => {
  if (url === '/page') return void pages.add(socket);
  socket.on('message', (sent) => {
    const { hall, health } = JSON.parse(String(sent)) as { hall: number; health: unknown };
    changed[hall] = health;
    timer ??= setTimeout(flush, gatherMs);
    socket.send('{"ok":true}');
  });
});
http.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 });
const listening = once(http, 'listening');

answerAll(async () => {
  await listening;
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
});
