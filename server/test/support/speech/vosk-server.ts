import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Mischief, type Pulse, PulseReader } from './pulses.ts';

const rate = 16_000;

/**
 * Speaks the protocol of alphacep/vosk-server's websocket/asr_server.py, one answer for each message
 * but the configuration, and understands pulses.ts.
 */
export async function startVoskServer() {
  const configs: unknown[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => serve(socket, configs));
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every configuration that came. */
    configs,
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(socket: WebSocket, configs: unknown[]): void {
  const reader = new PulseReader();
  let isStalled = false;
  let answer: string | null = null;
  const misbehave = (what: Mischief) => {
    if (what === 'dies') socket.terminate();
    else if (what === 'stalls') isStalled = true;
    else if (what === 'garbles') answer = '{"text": 7}';
    else for (let n = 0; n < 20_000; n += 1) socket.send('{"partial" : "and more"}');
  };
  socket.on('message', (message: Buffer, isBinary) => {
    if (isStalled) return;
    const text = isBinary ? null : message.toString();
    if (text?.includes('config')) return void configs.push(JSON.parse(text));
    const isEnd = text === '{"eof" : 1}';
    answer = null;
    const said = isEnd ? reader.end() : reader.push(samples(message), misbehave);
    if (isStalled) return;
    socket.send(answer ?? (isEnd || said.length > 0 ? result(said) : partial(reader.present)));
    if (isEnd) socket.close();
  });
}

const samples = (bytes: Buffer) =>
  new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));

const partial = (present: Pulse | null) => JSON.stringify({ partial: present?.text ?? '' });

/** As KaldiRecognizer::MbrResult writes it: without `result` where there is no word. */
function result(said: readonly Pulse[]): string {
  const words = said.map(({ text, start, end }) => ({
    conf: 0.9,
    end: end / rate,
    start: start / rate,
    word: text,
  }));
  const text = said.map((one) => one.text).join(' ');
  return JSON.stringify(said.length === 0 ? { text } : { result: words, text });
}
