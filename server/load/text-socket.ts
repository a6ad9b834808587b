import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface TextSocketOptions {
  /** `http:` or `https:` with host, port, path and query. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Address of this machine to connect from: each has ports of its own. */
  localAddress?: string | undefined;
}

export interface TextSocketHandlers {
  onOpen: () => void;
  /** The payload lies in a shared buffer: it is good until the handler returns. */
  onText: (payload: Buffer) => void;
  /** Once, whoever closed it; `reason` where something went wrong. */
  onClose: (reason: string) => void;
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;
const headEnd = Buffer.from('\r\n\r\n');
/** What a socket reads is taken in before the next one reads: one buffer serves them all. */
const readBuffer = Buffer.allocUnsafe(65_536);

/**
 * The client's side of a WebSocket (RFC 6455) as far as whole text frames go, by hand on a bare
 * stream: a library's client costs more than the server that is to be loaded.
 */
export class TextSocket {
  private readonly stream: Socket;
  private readonly handlers: TextSocketHandlers;
  private state: 'connecting' | 'open' | 'closed' = 'connecting';
  private rest: Buffer | null = null;
  private reason = '';

  constructor({ url, headers, localAddress }: TextSocketOptions, handlers: TextSocketHandlers) {
    this.handlers = handlers;
    const { hostname: host } = url;
    const isSecure = url.protocol === 'https:';
    const port = Number(url.port) || (isSecure ? 443 : 80);
    const from = localAddress === undefined ? {} : { localAddress };
    if (isSecure) {
      this.stream = connectTls({ host, port, ...from });
      this.stream.on('data', (read: Buffer) => this.handleRead(read));
    } else {
      const callback = (length: number) => {
        this.handleRead(readBuffer.subarray(0, length));
        return true;
      };
      this.stream = connectTcp({ host, port, ...from, onread: { buffer: readBuffer, callback } });
      this.stream.setNoDelay(true);
    }
    this.stream.on('error', (error) => (this.reason ||= error.message));
    this.stream.on('end', () => this.stream.destroy());
    this.stream.on('close', () => {
      this.state = 'closed';
      handlers.onClose(this.reason);
    });
    this.stream.write(requestText(url, headers));
  }

  get isOpen(): boolean {
    return this.state === 'open' && this.stream.writable;
  }

  send(text: string): void {
    if (this.isOpen) this.stream.write(frameOf(opcodes.text, Buffer.from(text)));
  }

  /** Sends the first half of the text's frame and is gone. */
  cutInFrame(text: string): void {
    const frame = frameOf(opcodes.text, Buffer.from(text));
    this.stream.write(frame.subarray(0, Math.ceil(frame.length / 2)), () => this.destroy());
  }

  /** Stops reading: what is sent to it piles up on its way. */
  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  destroy(): void {
    this.stream.destroy();
  }

  close(): void {
    if (this.isOpen) this.stream.end(frameOf(opcodes.close, Buffer.alloc(0)));
    else this.destroy();
  }

  private handleRead(read: Buffer): void {
    const bytes = this.rest === null ? read : Buffer.concat([this.rest, read]);
    this.rest = null;
    let taken = this.state === 'connecting' ? this.takeHead(bytes) : 0;
    while (this.state === 'open') {
      const size = this.takeFrame(bytes, taken);
      if (size === 0) break;
      taken += size;
    }
    // The shared buffer is about to be read into again.
    if (taken < bytes.length) this.rest = Buffer.from(bytes.subarray(taken));
  }

  /** Bytes of the answer to the request for a WebSocket; 0 while it is not complete. */
  private takeHead(bytes: Buffer): number {
    const end = bytes.indexOf(headEnd);
    if (end < 0) return 0;
    const [status] = bytes.toString('latin1', 0, end).split('\r\n', 1);
    if (!status!.startsWith('HTTP/1.1 101')) {
      this.reason = bytes.toString('utf8', 0, 500);
      this.destroy();
      return 0;
    }
    this.state = 'open';
    this.handlers.onOpen();
    return end + headEnd.length;
  }

  /** Bytes of the next frame, which is dealt with; 0 while it is not complete. */
  private takeFrame(bytes: Buffer, start: number): number {
    const left = bytes.length - start;
    if (left < 2) return 0;
    let length = bytes[start + 1]!;
    let head = 2;
    if (length === 126) {
      if (left < 4) return 0;
      length = bytes.readUInt16BE(start + 2);
      head = 4;
    } else if (length === 127) {
      if (left < 10) return 0;
      length = Number(bytes.readBigUInt64BE(start + 2));
      head = 10;
    }
    if (left < head + length) return 0;
    const payload = bytes.subarray(start + head, start + head + length);
    const opcode = bytes[start]! & 0x0f;
    if (opcode === opcodes.text) this.handlers.onText(payload);
    else if (opcode === opcodes.ping) this.stream.write(frameOf(opcodes.pong, payload));
    else if (opcode === opcodes.close) this.destroy();
    return head + length;
  }
}

/** One whole frame of a client, of at most 65,535 bytes; its masking key is 0. */
function frameOf(opcode: number, payload: Buffer): Buffer {
  const isLong = payload.length > 125;
  const head = Buffer.alloc(isLong ? 8 : 6);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (isLong ? 126 : payload.length);
  if (isLong) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

function requestText(url: URL, headers: Readonly<Record<string, string>>): string {
  const all = {
    Host: url.host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    // Sixteen bytes that a server proves to have read; nothing depends on their being random here.
    'Sec-WebSocket-Key': 'bmhpcC1jYXUtbG9hZGluZw==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
