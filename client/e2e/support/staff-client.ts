import { randomUUID } from 'node:crypto';
import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import type { Me, PairedBody } from '@nhip-cau/shared/protocol/http';
import type { Principal, SyncAnswer } from '@nhip-cau/shared/protocol/socket';
import { principalHeader } from '@nhip-cau/shared/protocol/socket';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

/** An account's or a hall computer's session without a browser, for what a test only needs prepared. */
export class StaffClient {
  readonly #url: string;
  #cookie = '';
  #principal: Principal | null = null;
  #sockets = new Map<string, Socket>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Signs in and replaces the one-time password by `newPassword`. */
  async enter(username: string, oneTimePassword: string, newPassword: string): Promise<void> {
    const me = await this.post<Me>('/api/sign-in', { username, password: oneTimePassword });
    this.#principal = me.principal;
    await this.post('/api/password', { oldPassword: oneTimePassword, newPassword });
  }

  /** Becomes the computer of the hall that the code was issued for. */
  async pair(code: string): Promise<void> {
    this.#principal = (await this.post<PairedBody>('/api/pair', { code })).principal;
  }

  get<T>(path: string): Promise<T> {
    return this.#request<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#request<T>('POST', path, body);
  }

  /** The text of a file that the server hands out. */
  async download(path: string): Promise<string> {
    const response = await this.#fetch('GET', path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return response.text();
  }

  /** Throws unless it was committed. */
  async command<Name extends CommandName>(
    dialogueId: string,
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<void> {
    const envelope = { commandId: randomUUID(), dialogueId, name, payload };
    const socket = this.#socket(dialogueId);
    const outcome = (await socket
      .timeout(10_000)
      .emitWithAck('command', envelope)) as CommandOutcome;
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
  }

  /** Everything of one collection that this session may see. */
  async board<T>(dialogueId: string, collection: string): Promise<T[]> {
    const socket = this.#socket(dialogueId);
    const answer = (await socket.timeout(10_000).emitWithAck('sync', { dialogueId })) as SyncAnswer;
    if (!answer.ok) throw new Error(`sync: ${JSON.stringify(answer.error)}`);
    const puts = answer.audiences.flatMap((audience) => audience.puts);
    return puts.filter((put) => put.collection === collection).map((put) => put.value as T);
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.close();
  }

  #socket(dialogueId: string): Socket {
    const present = this.#sockets.get(dialogueId);
    if (present) return present;
    const socket = io(this.#url, {
      transports: ['websocket'],
      auth: { principal: this.#principal, dialogueId },
      extraHeaders: { cookie: this.#cookie, origin: this.#url },
    });
    this.#sockets.set(dialogueId, socket);
    return socket;
  }

  async #request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#fetch(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  async #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { origin: this.#url, cookie: this.#cookie };
    if (this.#principal) headers[principalHeader] = this.#principal;
    const isText = typeof body === 'string';
    if (body !== undefined) headers['content-type'] = isText ? 'text/csv' : 'application/json';
    const response = await fetch(this.#url + path, {
      method,
      headers,
      body: body === undefined ? null : isText ? body : JSON.stringify(body),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.#cookie = cookie.split(';')[0]!;
    return response;
  }
}
