import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Mischief, PulseReader } from './pulses.ts';

const rate = 16_000;

/** What came with one request. */
export interface TranscriptionRequest {
  authorization: string | undefined;
  fields: Record<string, string[]>;
  /** Samples of the file, which was a WAV of 16 kHz, one channel, 16 bit. */
  pcm: Int16Array;
}

export type Answer = (request: TranscriptionRequest, response: ServerResponse) => void;

/** An OpenAI-compatible endpoint; by default it understands pulses.ts. */
export async function startTranscriptionServer(answer: Answer = transcribePulses) {
  const requests: TranscriptionRequest[] = [];
  const server = createServer((incoming, response) => {
    if (incoming.method !== 'POST') return void response.writeHead(405).end();
    void read(incoming).then((request) => {
      requests.push(request);
      answer(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/audio/transcriptions`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function read(incoming: IncomingMessage): Promise<TranscriptionRequest> {
  const headers = { 'content-type': incoming.headers['content-type']! };
  const form = await new Response(new Uint8Array(await buffer(incoming)), { headers }).formData();
  const wav = Buffer.from(await (form.get('file') as File).arrayBuffer());
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.readUInt32LE(24) !== rate) {
    throw new Error('no WAV of 16 kHz');
  }
  const fields: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') (fields[name] ??= []).push(value);
  }
  return {
    authorization: incoming.headers.authorization,
    fields,
    pcm: new Int16Array(new Uint8Array(wav.subarray(44)).buffer),
  };
}

/** `verbose_json` with words, a segment for each. */
export function transcribePulses({ pcm }: TranscriptionRequest, response: ServerResponse): void {
  const reader = new PulseReader();
  const found: Mischief[] = [];
  const said = [...reader.push(pcm, (what) => found.push(what)), ...reader.end()];
  if (found.includes('stalls')) return;
  if (found.includes('dies')) return void response.destroy();
  if (found.includes('garbles')) return void response.end('<html>Bad gateway</html>');
  if (found.includes('floods')) return flood(response);
  const words = said.map(({ text, start, end }) => ({
    word: text,
    start: start / rate,
    end: end / rate,
  }));
  const segments = words.map(({ word: text, start, end }, id) => {
    return { id, text: ` ${text}`, start, end, avg_logprob: -0.1, no_speech_prob: 0.01 };
  });
  const text = said.map((one) => one.text).join(' ');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ task: 'transcribe', duration: 1, text, words, segments }));
}

function flood(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write('and more '.repeat(1_000)));
  };
  response.on('drain', more);
  more();
}
