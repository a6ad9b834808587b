import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers';

type Message = Record<string, unknown>;

const keepAliveMs = 20_000;

/** A session with janus over its WebSocket transport. */
export class JanusSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Set<(message: Message) => boolean>();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      for (const take of this.#waiting) {
        if (take(message)) this.#waiting.delete(take);
      }
    });
  }

  static async open(url: string): Promise<JanusSession> {
    const socket = new WebSocket(url, 'janus-protocol');
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`no janus at ${url}`)));
    });
    const session = new JanusSession(socket);
    const { data } = await session.send({ janus: 'create' });
    session.#id = (data as { id: number }).id;
    const timer = setInterval(() => void session.send({ janus: 'keepalive' }), keepAliveMs);
    socket.addEventListener('close', () => clearInterval(timer));
    return session;
  }

  async attach(plugin: string): Promise<JanusHandle> {
    const { data } = await this.send({ janus: 'attach', plugin });
    return new JanusHandle(this, (data as { id: number }).id);
  }

  /** The next message of this kind. */
  once(kind: string): Promise<Message> {
    return this.#next((message) => message['janus'] === kind);
  }

  /** Sends a request; gives its answer, for a plugin's own work the one that comes when it is done. */
  async send(request: Message): Promise<Message> {
    const transaction = randomUUID();
    const answered = this.#next(
      (message) =>
        message['transaction'] === transaction &&
        (message['janus'] !== 'ack' || request['janus'] === 'keepalive'),
    );
    const session = this.#id === 0 ? {} : { session_id: this.#id };
    this.#socket.send(JSON.stringify({ ...request, ...session, transaction }));
    const answer = await answered;
    if (answer['janus'] === 'error') throw new Error(`janus: ${JSON.stringify(answer['error'])}`);
    return answer;
  }

  #next(wanted: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      this.#waiting.add((message) => {
        if (!wanted(message)) return false;
        resolve(message);
        return true;
      });
    });
  }
}

/** A plugin's end for one user. */
export class JanusHandle {
  readonly #session: JanusSession;
  readonly #id: number;

  constructor(session: JanusSession, id: number) {
    this.#session = session;
    this.#id = id;
  }

  async ask(body: Message): Promise<Message> {
    return (await this.#message({ body })).data;
  }

  /** Sends an offer; gives janus's answer. */
  async negotiate(body: Message, jsep: Message): Promise<{ sdp: string }> {
    return (await this.#message({ body, jsep })).jsep as { sdp: string };
  }

  async #message(content: Message): Promise<{ data: Message; jsep: unknown }> {
    const answer = await this.#session.send({ janus: 'message', handle_id: this.#id, ...content });
    const { data } = answer['plugindata'] as { data: Message };
    if (data['error'] !== undefined) throw new Error(`janus: ${JSON.stringify(data)}`);
    return { data, jsep: answer['jsep'] };
  }
}
