import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import { principalHeader } from '@nhip-cau/shared/protocol/socket';

/** The server's refusal of a request, as a page would show it. */
export class RequestRefused extends Error {
  readonly error: ProtocolError;

  constructor(path: string, error: ProtocolError) {
    super(`${path}: ${error.code}`);
    this.name = 'RequestRefused';
    this.error = error;
  }
}

const patienceMs = 90_000;

/** What a browser is to the server: an origin, cookies, and an address it comes from. */
export class Browser {
  readonly url: string;
  readonly localAddress: string | undefined;
  private readonly cookies = new Map<string, string>();

  constructor(url: string, localAddress?: string) {
    this.url = url;
    this.localAddress = localAddress;
  }

  /** The whole `Cookie` header. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get<Answer>(path: string, principal?: string): Promise<Answer> {
    return this.ask<Answer>('GET', path, undefined, principal);
  }

  post<Answer>(path: string, body: unknown, principal?: string): Promise<Answer> {
    return this.ask<Answer>('POST', path, body, principal);
  }

  /** Asks again while the server asks for patience; throws `RequestRefused`. */
  private async ask<Answer>(
    method: string,
    path: string,
    body: unknown,
    principal: string | undefined,
  ): Promise<Answer> {
    const giveUpAt = Date.now() + patienceMs;
    for (let pauseMs = 500; ; pauseMs = Math.min(5_000, pauseMs * 2)) {
      const { status, text } = await this.once(method, path, body, principal);
      if (status < 400) return (text === '' ? {} : JSON.parse(text)) as Answer;
      const error = errorIn(text);
      if (error.code !== 'rate_limited' || Date.now() > giveUpAt) {
        throw new RequestRefused(path, error);
      }
      await wait(pauseMs);
    }
  }

  private once(
    method: string,
    path: string,
    body: unknown,
    principal: string | undefined,
  ): Promise<{ status: number; text: string }> {
    const address = new URL(path, this.url);
    const request = address.protocol === 'https:' ? requestHttps : requestHttp;
    const headers: Record<string, string> = { origin: new URL(this.url).origin };
    if (this.cookies.size > 0) headers['cookie'] = this.cookie;
    if (principal !== undefined) headers[principalHeader] = principal;
    if (body !== undefined) headers['content-type'] = 'application/json';
    return new Promise((resolve, reject) => {
      const sent = request(
        address,
        { method, headers, ...(this.localAddress ? { localAddress: this.localAddress } : {}) },
        (response) => {
          for (const cookie of response.headers['set-cookie'] ?? []) this.keep(cookie);
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private keep(cookie: string): void {
    const [pair = ''] = cookie.split(';', 1);
    const cut = pair.indexOf('=');
    this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
}

function errorIn(text: string): ProtocolError {
  try {
    const { error } = JSON.parse(text) as { error?: ProtocolError };
    if (error) return error;
  } catch {
    // Not our server's answer.
  }
  return { code: 'internal', details: { text: text.slice(0, 200) } };
}
