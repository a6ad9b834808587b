import { WebSocket } from 'ws';
import type { EngineListener, EngineOptions, EngineSession, SpeechEngine } from '../../engine.ts';
import { reasonOf } from '../reason.ts';
import { type EngineLog, type EngineTimes, usualTimes } from '../session-core.ts';
import { maxAnswerBytes } from './messages.ts';
import { VoskSession } from './session.ts';

interface Parts {
  /** ws: or wss:, without credentials. */
  url: string;
  log: EngineLog;
  times?: Partial<EngineTimes>;
}

/**
 * A Vosk server (alphacep/vosk-server, its websocket/asr_server.py) on this or another machine. The
 * language is its model's; hot words it has none. Whoever opens a session opens another one when it
 * fails.
 */
export class VoskEngine implements SpeechEngine {
  readonly name: string;
  readonly wants = 'stream';
  private readonly url: string;
  private readonly log: EngineLog;
  private readonly times: EngineTimes;
  private readonly sockets = new Set<WebSocket>();
  private readonly sessions = new Set<VoskSession>();
  private isClosed = false;

  constructor({ url, log, times }: Parts) {
    this.name = `vosk ${new URL(url).host}`;
    this.url = url;
    this.log = log;
    this.times = { ...usualTimes, openMs: 10_000, ...times };
  }

  async look(): Promise<void> {
    const socket = await this.connect();
    socket.on('error', () => {});
    socket.terminate();
  }

  async open(_options: EngineOptions, listener: EngineListener): Promise<EngineSession> {
    const { log, times } = this;
    const socket = await this.connect();
    const handleEnd = () => void this.sessions.delete(session);
    const session = new VoskSession(this.name, socket, listener, { log, times, handleEnd });
    this.sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const session of [...this.sessions]) session.close();
    for (const socket of this.sockets) socket.terminate();
  }

  private connect(): Promise<WebSocket> {
    if (this.isClosed) return Promise.reject(new Error('the speech engine is closed'));
    const socket = new WebSocket(this.url, {
      handshakeTimeout: this.times.openMs,
      maxPayload: maxAnswerBytes,
      perMessageDeflate: false,
      followRedirects: false,
    });
    this.sockets.add(socket);
    return new Promise((resolve, reject) => {
      const settle = () => this.sockets.delete(socket);
      socket.once('open', () => {
        settle();
        socket.off('error', fail);
        resolve(socket);
      });
      const fail = (error: Error) => {
        settle();
        reject(new Error(`${this.url}: ${reasonOf(error)}`));
      };
      socket.on('error', fail);
    });
  }
}
