import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { SpeechEngine } from '../../src/speech/engine.ts';
import { OpenAiEngine } from '../../src/speech/engines/openai/engine.ts';
import { VoskEngine } from '../../src/speech/engines/vosk/engine.ts';
import { EngineWitness, writeAll } from '../support/speech/engine-witness.ts';
import { keepLog } from '../support/speech/kept-log.ts';
import { pulses } from '../support/speech/pulses.ts';
import {
  type Answer,
  startTranscriptionServer,
  transcribePulses,
} from '../support/speech/transcription-server.ts';
import { startVoskServer } from '../support/speech/vosk-server.ts';

const options = { language: 'vi-VN', hotWords: ['Xuân Trường', 'Hồng Lĩnh'] };
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** One session that hears these words, an utterance each. */
async function hear(engine: SpeechEngine, ...words: number[]) {
  const witness = new EngineWitness();
  const session = await engine.open(options, witness);
  for (const word of words) {
    await writeAll(session, pulses([word, 8_000]));
    session.endUtterance();
  }
  const finished = session.finish().catch(() => {});
  await Promise.race([finished, witness.until(({ failures }) => failures.length > 0)]);
  return witness;
}

describe('an OpenAI-compatible endpoint', () => {
  const apiKey = 'a-key-of-the-tests';

  async function start(answer?: Answer) {
    const server = await startTranscriptionServer(answer);
    const log = keepLog();
    const engine = new OpenAiEngine({ url: server.url, apiKey, model: 'PhoWhisper', log });
    closers.push(server.close, () => engine.close());
    return { server, engine, log };
  }

  test('is looked at without the key and without any sound', async () => {
    const { server, engine } = await start();
    await engine.look();
    expect(server.requests).toEqual([]);
  });

  test('that is not there is told as such', async () => {
    const { url, close } = await startTranscriptionServer();
    await close();
    const engine = new OpenAiEngine({ url, apiKey, log: keepLog() });
    await expect(engine.look()).rejects.toThrow('ECONNREFUSED');
  });

  test('gets a WAV, the language, the key, and the glossary as its prompt', async () => {
    const { server, engine } = await start();
    await hear(engine, 7);
    expect(server.requests).toEqual([
      {
        authorization: `Bearer ${apiKey}`,
        fields: {
          model: ['PhoWhisper'],
          language: ['vi'],
          temperature: ['0'],
          response_format: ['verbose_json'],
          'timestamp_granularities[]': ['word', 'segment'],
          prompt: ['Xuân Trường, Hồng Lĩnh'],
        },
        pcm: pulses([7, 8_000]),
      },
    ]);
  });

  test('is asked again when it is busy or at fault, and the order stays', async () => {
    let asked = 0;
    const { engine } = await start((request, response) => {
      asked += 1;
      if (asked > 2) return transcribePulses(request, response);
      response.writeHead(asked === 1 ? 429 : 503, { 'retry-after': '0' }).end('later');
    });
    const witness = await hear(engine, 1, 2);
    expect(witness.texts).toEqual(['w1', 'w2']);
    expect(asked).toBe(4);
  });

  test('that refuses the key is not asked again, and the key is told nobody', async () => {
    const { server, engine, log } = await start((_, response) => {
      response.writeHead(401).end(`Incorrect API key provided: ${apiKey}`);
    });
    const witness = await hear(engine, 1, 2);
    expect(witness.failures.map(({ message }) => message)).toEqual([
      '401: Incorrect API key provided: …',
    ]);
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain(apiKey);
  });

  test('that gives no times is asked for the text alone from then on', async () => {
    const { server, engine } = await start(({ fields }, response) => {
      if (fields['response_format']?.[0] !== 'json') {
        return void response.writeHead(400).end('verbose_json is not supported');
      }
      response.end(JSON.stringify({ text: 'Kính thưa' }));
    });
    const { finals } = await hear(engine, 1, 2);
    expect(finals).toMatchObject([
      { text: 'Kính thưa', start: 0, end: 8_000, words: null },
      { text: 'Kính thưa', start: 8_000, end: 16_000, words: null },
    ]);
    const formats = server.requests.map(({ fields }) => fields['response_format']?.[0]);
    expect(formats).toEqual(['verbose_json', 'json', 'json']);
  });

  test('that points elsewhere is not followed there', async () => {
    let strangers = 0;
    const stranger = createServer(() => (strangers += 1)).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    closers.push(async () => void stranger.close());
    const { port } = stranger.address() as AddressInfo;
    const { engine } = await start((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    });
    const witness = await hear(engine, 1);
    expect(witness.failures).toHaveLength(1);
    expect(strangers).toBe(0);
  });

  test('has at most four requests at once, of all sessions together', async () => {
    let present = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const { engine } = await start((request, response) => {
      present += 1;
      most = Math.max(most, present);
      waiting.push(() => {
        present -= 1;
        transcribePulses(request, response);
      });
      // Only when all places are taken is anybody answered.
      if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
    });
    const all = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((word) => hear(engine, word)));
    expect(all.map(({ texts }) => texts.join())).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `w${n}`),
    );
    expect(most).toBe(4);
  });
});

describe('a Vosk server', () => {
  test('is told the rate and to give words, and never to hear nothing but the glossary', async () => {
    const server = await startVoskServer();
    const engine = new VoskEngine({ url: server.url, log: keepLog() });
    closers.push(server.close, () => engine.close());
    const witness = await hear(engine, 1);
    expect(server.configs).toEqual([
      { config: { sample_rate: 16_000, words: true, max_alternatives: 0 } },
    ]);
    expect(witness.finals).toEqual([
      {
        text: 'w1',
        start: 0,
        end: 8_000,
        confidence: 0.9,
        words: [{ text: 'w1', start: 0, end: 8_000, confidence: 0.9 }],
        speaker: null,
      },
    ]);
  });

  test('that is not there refuses the session', async () => {
    const server = await startVoskServer();
    await server.close();
    const engine = new VoskEngine({ url: server.url, log: keepLog() });
    await expect(engine.open(options, new EngineWitness())).rejects.toThrow('ECONNREFUSED');
    await expect(engine.look()).rejects.toThrow(`${server.url}: connect ECONNREFUSED`);
    await engine.close();
  });
});
