import { setTimeout as wait } from 'node:timers/promises';
import { type EngineFinal, type EngineOptions, sampleRate } from '../../engine.ts';
import { wavHeader } from '../../spool/wav.ts';
import { toBytes } from '../pcm.ts';
import { reasonOf } from '../reason.ts';
import { parseTranscription } from './answer.ts';
import { type MultipartBody, toMultipart } from './multipart.ts';
import { type Refusal, retryDelay } from './retry.ts';
import { Slots } from './slots.ts';

/** Longest answer that is read, in bytes. */
const maxAnswerBytes = 4 * 1_048_576;
/** Requests at once, of all sessions together. */
const atOnce = 4;
/** How long an answer that says only that somebody is there may take. */
const lookMs = 10_000;
/** A shorter one than a tenth of a second is refused there. */
const shortest = sampleRate / 5;
/** How much of the glossary a model of this kind looks at (224 tokens). */
const maxPrompt = 600;

export interface EndpointParts {
  url: string;
  apiKey?: string | undefined;
  /** Name of a model there. */
  model: string;
  /** How long one request may take, in ms. */
  limitMs: number;
}

/** An answer that is none, or none that helps. The message never has the key in it. */
export class EndpointRefused extends Error {
  readonly refusal: Refusal | null;

  constructor(message: string, refusal: Refusal | null) {
    super(message);
    this.name = 'EndpointRefused';
    this.refusal = refusal;
  }
}

/** `POST /v1/audio/transcriptions` as OpenAI, speaches, vLLM and others have it. */
export class Endpoint {
  private readonly parts: EndpointParts;
  private readonly slots = new Slots(atOnce);
  /** Some models there refuse times and give the text alone. */
  private hasTimes = true;

  constructor(parts: EndpointParts) {
    this.parts = parts;
  }

  /** Whether anybody answers there. Without the key: nobody is asked to transcribe anything. */
  async look(): Promise<void> {
    const answered = new AbortController();
    const signal = AbortSignal.any([answered.signal, AbortSignal.timeout(lookMs)]);
    try {
      await fetch(this.parts.url, { redirect: 'manual', signal });
    } catch (error) {
      throw this.toRefused(error, lookMs);
    } finally {
      answered.abort();
    }
  }

  /** The text of one utterance; tries again where that may help. Rejects with `EndpointRefused`. */
  transcribe(pcm: Int16Array, options: EngineOptions, signal: AbortSignal): Promise<EngineFinal[]> {
    return this.slots.use(signal, async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await this.askEitherWay(pcm, options, signal);
        } catch (error) {
          signal.throwIfAborted();
          const refused = error instanceof EndpointRefused ? error : this.toRefused(error);
          const chance = Math.random();
          const delay = retryDelay(tries, refused.refusal, { nowMs: Date.now(), chance });
          if (delay === null) throw refused;
          await wait(delay, undefined, { signal });
        }
      }
    });
  }

  private async askEitherWay(
    pcm: Int16Array,
    options: EngineOptions,
    signal: AbortSignal,
  ): Promise<EngineFinal[]> {
    if (!this.hasTimes) return this.ask(pcm, options, signal, false);
    try {
      return await this.ask(pcm, options, signal, true);
    } catch (error) {
      if (!(error instanceof EndpointRefused) || error.refusal?.status !== 400) throw error;
      const finals = await this.ask(pcm, options, signal, false);
      this.hasTimes = false;
      return finals;
    }
  }

  private async ask(
    pcm: Int16Array,
    options: EngineOptions,
    signal: AbortSignal,
    withTimes: boolean,
  ): Promise<EngineFinal[]> {
    const { url, apiKey, limitMs } = this.parts;
    const tooLong = new AbortController();
    const { bytes, contentType } = this.form(pcm, options, withTimes);
    const response = await fetch(url, {
      method: 'POST',
      body: bytes,
      headers: {
        'content-type': contentType,
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      redirect: 'error',
      signal: AbortSignal.any([signal, tooLong.signal, AbortSignal.timeout(limitMs)]),
    });
    const text = await readBounded(response, tooLong);
    if (!response.ok) {
      const refusal = {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
      };
      throw new EndpointRefused(this.hush(`${response.status}: ${text.slice(0, 300)}`), refusal);
    }
    const finals = parseTranscription(text, pcm.length);
    if (finals === null) {
      const refusal = { status: response.status, retryAfter: null };
      throw new EndpointRefused('the answer is no transcription', refusal);
    }
    return finals;
  }

  private form(
    pcm: Int16Array,
    { language, hotWords }: EngineOptions,
    withTimes: boolean,
  ): MultipartBody {
    const prompt = hotWords.join(', ').slice(0, maxPrompt);
    const times = ['word', 'segment'].map((one) => ['timestamp_granularities[]', one] as const);
    const fields = [
      ['model', this.parts.model],
      ['language', language.split('-')[0]!],
      ['temperature', '0'],
      ['response_format', withTimes ? 'verbose_json' : 'json'],
      ...(withTimes ? times : []),
      ...(prompt === '' ? [] : [['prompt', prompt] as const]),
    ] as const;
    const sound = padded(pcm);
    const wav = Buffer.concat([wavHeader(sound.length), toBytes(sound)]);
    const file = { name: 'file', fileName: 'utterance.wav', type: 'audio/wav' };
    return toMultipart(fields, { ...file, bytes: wav });
  }

  /** Of a request without an answer: `fetch` keeps the reason in `cause`. */
  private toRefused(error: unknown, limitMs = this.parts.limitMs): EndpointRefused {
    const { name, message, cause } = error instanceof Error ? error : new Error(String(error));
    if (name === 'TimeoutError') {
      return new EndpointRefused(`no answer within ${limitMs} ms`, null);
    }
    const reason = cause instanceof Error ? `${message}: ${reasonOf(cause)}` : message;
    return new EndpointRefused(this.hush(reason), null);
  }

  private hush(text: string): string {
    const { apiKey } = this.parts;
    return apiKey ? text.replaceAll(apiKey, '…') : text;
  }
}

function padded(pcm: Int16Array): Int16Array {
  if (pcm.length >= shortest) return pcm;
  const longer = new Int16Array(shortest);
  longer.set(pcm);
  return longer;
}

/** Leaving a body half read would cancel it, which Node's fetch does not survive: it is aborted. */
async function readBounded(response: Response, tooLong: AbortController): Promise<string> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of response.body ?? []) {
    received += chunk.byteLength;
    if (received > maxAnswerBytes) tooLong.abort(new Error('the answer is too long'));
    else chunks.push(chunk);
  }
  tooLong.signal.throwIfAborted();
  return Buffer.concat(chunks).toString('utf8');
}
