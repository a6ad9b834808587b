/** An event that a page sent; it awaits an answer where it has an id for one. */
export interface ReadRequest {
  event: string;
  payload: unknown;
  answerId: string | null;
}

const eventType = 0x32;
const bracket = 0x5b;
const zero = 0x30;
const nine = 0x39;
/** Digits of an id: as many as a counter needs. */
const maxDigits = 15;

/**
 * Reads a text of Socket.IO 5 (https://socket.io/docs/v4/socket-io-protocol/) that is a plain event
 * of the main namespace, which is all that pages send once they are in: `2`, an id, a JSON array.
 * `null` for anything else, which is for Socket.IO to read or to refuse.
 */
export function readRequest(text: unknown): ReadRequest | null {
  if (typeof text !== 'string' || text.charCodeAt(0) !== eventType) return null;
  let at = 1;
  while (isDigit(text.charCodeAt(at))) at += 1;
  if (at > 1 + maxDigits || text.charCodeAt(at) !== bracket) return null;
  const values = parsed(text.slice(at));
  const event = values?.[0];
  if (typeof event !== 'string' || reserved.has(event)) return null;
  const payload = values!.length > 1 ? values![1] : {};
  return { event, payload, answerId: at > 1 ? text.slice(1, at) : null };
}

/** Names that Socket.IO keeps to itself. */
const reserved = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]);

const isDigit = (code: number) => code >= zero && code <= nine;

function parsed(json: string): unknown[] | null {
  try {
    return JSON.parse(json) as unknown[];
  } catch {
    return null;
  }
}
