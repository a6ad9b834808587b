/**
 * The part of Engine.IO 4 and Socket.IO 5 that a page of ours speaks: text over WebSocket, the main
 * namespace, answers to what the page asks. https://socket.io/docs/v4/engine-io-protocol/ and
 * https://socket.io/docs/v4/socket-io-protocol/ are the standards.
 */
import { textFrame } from './frames.ts';

export type Packet =
  | { type: 'pong' }
  | { type: 'close' }
  | { type: 'connect'; namespace: string; auth: unknown }
  | { type: 'disconnect' }
  /** `id`: an answer is awaited under it. */
  | { type: 'event'; name: string; values: unknown[]; id: number | null }
  /** What is no business of ours, and harmless. */
  | { type: 'ignored' };

export interface OpenOptions {
  /** Of the line; nobody else may know it. */
  sid: string;
  pingIntervalMs: number;
  pingTimeoutMs: number;
  maxMessageBytes: number;
}

/** A text message of a client; `null` when it breaks the protocol. */
export function parsePacket(text: string): Packet | null {
  switch (text[0]) {
    case '4':
      return parseMessage(text);
    case '3':
      return { type: 'pong' };
    case '1':
      return { type: 'close' };
    case '6':
      return { type: 'ignored' };
    default:
      return null;
  }
}

export const pingFrame = textFrame('2');
export const disconnectFrame = textFrame('41');

export function openFrame(options: OpenOptions): Buffer {
  const { sid, pingIntervalMs, pingTimeoutMs, maxMessageBytes } = options;
  const opening = {
    sid,
    upgrades: [],
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    maxPayload: maxMessageBytes,
  };
  return textFrame(`0${JSON.stringify(opening)}`);
}

export function connectedFrame(sid: string): Buffer {
  return textFrame(`40${JSON.stringify({ sid })}`);
}

/** `data` is what the client's `connect_error` has. */
export function refusedFrame(namespace: string, message: string, data?: object): Buffer {
  const prefix = namespace === '/' ? '' : `${namespace},`;
  return textFrame(`44${prefix}${JSON.stringify({ message, data })}`);
}

export function eventFrame(name: string, payload?: unknown): Buffer {
  return textFrame(`42${JSON.stringify(payload === undefined ? [name] : [name, payload])}`);
}

/** `json`: the answer as JSON. */
export function answerFrame(id: number, json: string): Buffer {
  return textFrame(`43${id}[${json}]`);
}

const idForm = /^\d{0,15}/;

function parseMessage(text: string): Packet | null {
  const { namespace, end } = namespaceIn(text);
  switch (text[1]) {
    case '0': {
      const auth = end === text.length ? {} : parseJson(text.slice(end));
      return isObject(auth) ? { type: 'connect', namespace, auth } : null;
    }
    case '1':
      return namespace === '/' ? { type: 'disconnect' } : null;
    case '2':
      return namespace === '/' ? parseEvent(text.slice(end)) : null;
    case '3':
      // We ask for no answers.
      return { type: 'ignored' };
    default:
      return null;
  }
}

function parseEvent(text: string): Packet | null {
  const digits = idForm.exec(text)![0];
  const values = parseJson(text.slice(digits.length));
  if (!Array.isArray(values) || typeof values[0] !== 'string') return null;
  const [name, ...rest] = values as [string, ...unknown[]];
  return { type: 'event', name, values: rest, id: digits === '' ? null : Number(digits) };
}

function namespaceIn(text: string): { namespace: string; end: number } {
  if (text[2] !== '/') return { namespace: '/', end: 2 };
  const comma = text.indexOf(',');
  if (comma < 0) return { namespace: text.slice(2), end: text.length };
  return { namespace: text.slice(2, comma), end: comma + 1 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
