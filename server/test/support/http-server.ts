import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Me } from '@nhip-cau/shared/protocol/http';
import { pino } from 'pino';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import { AttachmentService } from '../../src/dialogue/attachments/service.ts';
import { ImportService } from '../../src/dialogue/bridge-points/import/service.ts';
import { openDemo } from '../../src/dialogue/demo/demo.ts';
import { AccountService } from '../../src/dialogue/people/accounts.ts';
import { JoiningService } from '../../src/dialogue/people/joining.ts';
import { PairingService } from '../../src/dialogue/people/pairing.ts';
import { SessionService, type SessionSubject } from '../../src/dialogue/people/sessions.ts';
import { FateService } from '../../src/dialogue/questions/fate.ts';
import { PublicForm } from '../../src/dialogue/questions/public-form.ts';
import type { Recordings } from '../../src/dialogue/recording/ports.ts';
import type { SpeechAudio } from '../../src/dialogue/transcript/ports.ts';
import { ApartReader } from '../../src/documents/reader.ts';
import { QuestionImportService } from '../../src/dialogue/questions/import/service.ts';
import { RecordingService } from '../../src/recording/recording-service.ts';
import { accountStore } from '../../src/store/accounts.ts';
import { attachmentStore } from '../../src/store/attachments.ts';
import { dialogueList } from '../../src/store/dialogue-list.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { joinCodes, pairingCodeStore } from '../../src/store/pairing.ts';
import { questionCodes } from '../../src/store/question-codes.ts';
import { sessionStore } from '../../src/store/sessions.ts';
import { similarQuestions } from '../../src/store/similar-questions.ts';
import { tokensIn } from '../../src/transport/http/cookies.ts';
import { transcriptSearch } from '../../src/store/transcript-search.ts';
import { createHttp } from '../../src/transport/http/http.ts';
import { allRoutes } from '../../src/transport/http/routes/index.ts';
import type { TestEngine } from './dialogue.ts';

export interface HttpServerOptions {
  withDemo?: boolean;
  clientDir?: string;
  broadcastDir?: string;
  clock?: { now: number };
  /** Unset: those of a server that has no ffmpeg. */
  recordings?: Recordings;
  /** Unset: nothing was heard. */
  speechAudio?: SpeechAudio;
}

/** The HTTP side alone, listening, over a real engine and database. */
export async function startHttp(test: TestEngine, options: HttpServerOptions = {}) {
  const { engine, db } = test;
  const now = () => options.clock?.now ?? Date.now();
  const sessions = new SessionService({
    store: sessionStore(db),
    hours: { staffHours: 12, deviceHours: 720, participantHours: 48 },
    now,
  });
  const lockOut = { maxFailures: 3, lockMs: 60_000 };
  const accounts = new AccountService({ store: accountStore(db), sessions, lockOut, now });
  const pairing = new PairingService({ store: pairingCodeStore(db), engine, now });
  const joining = new JoiningService({ codes: joinCodes(db), engine, now });
  const imports = new ImportService({ engine, now });
  const demo = options.withDemo ? await openDemo({ engine, accounts }) : null;
  const attachments = new AttachmentService({
    store: attachmentStore(db),
    reader: new ApartReader(),
    read: (dialogueId) => engine.read(dialogueId),
    now,
  });
  const logged: string[] = [];
  const recordings =
    options.recordings ??
    new RecordingService({
      ffmpeg: null,
      dir: join(tmpdir(), 'nhip-cau-no-recordings'),
      segmentSeconds: 10,
      disk: { warnBytes: 0, warnMinutes: 0, floorBytes: 0 },
      broadcastDir: join(tmpdir(), 'nhip-cau-no-broadcasts'),
      engine,
      logReader: createLogReader(db),
      ...new InProcessNodes().join(),
      gather: () => () => {},
      onSignal: () => {},
      onError: () => {},
    });
  const app = createHttp({
    counters: null,
    outside: null,
    routes: allRoutes({
      engine,
      accounts,
      sessions,
      pairing,
      joining,
      imports,
      dialogueList: dialogueList(db),
      attachments,
      publicForm: new PublicForm({ engine, attachments }),
      push: null,
      fates: new FateService({ codes: questionCodes(db), engine }),
      logReader: createLogReader(db),
      recordings,
      speechAudio: options.speechAudio ?? { open: () => Promise.resolve(null) },
      transcriptSearch: transcriptSearch(db),
      similar: similarQuestions(db),
      questionImports: new QuestionImportService({ engine, now }),
      demo,
    }),
    engine,
    sessions,
    publicUrl: undefined,
    trustProxy: 0,
    clientDir: options.clientDir ?? join(import.meta.dirname, 'no-client'),
    broadcastDir: options.broadcastDir ?? join(tmpdir(), 'nhip-cau-no-broadcasts'),
    isLeaving: () => false,
    checkDatabase: async () => void (await db.selectFrom('account').select('id').execute()),
    metrics: { contentType: 'text/plain', text: async () => 'up 1\n' },
    log: pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }),
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = () => new Browser(url, sessions);
  return {
    url,
    sessions,
    accounts,
    demo,
    logged,
    browser,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type HttpServer = Awaited<ReturnType<typeof startHttp>>;

export interface Answer {
  status: number;
  headers: Headers;
  // Tests read whatever came; its shape is what they check.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  text: string;
  bytes: Buffer;
}

interface Extra {
  as?: string | undefined;
  headers?: Record<string, string>;
}

/** A client with a cookie jar that sends what a browser's page sends. */
export class Browser {
  readonly cookies = new Map<string, string>();
  private readonly url: string;
  private readonly sessions: SessionService;
  /** Whom it speaks for. */
  principal: string | undefined;

  constructor(url: string, sessions: SessionService) {
    this.url = url;
    this.sessions = sessions;
  }

  /** Has a session without going through its door. */
  async enter(subject: SessionSubject): Promise<this> {
    const { token } = await this.sessions.create(subject, 'test');
    const key = { staff: 'accountId', device: 'bridgePointId', person: 'dialogueId' }[subject.kind];
    const id = (subject as unknown as Record<string, string>)[key]!;
    this.cookies.set(`nc_${subject.kind}_${id}`, token);
    this.principal = `${subject.kind}:${id}`;
    return this;
  }

  async signIn(username: string, password: string): Promise<Answer> {
    const answer = await this.post('/api/sign-in', { username, password });
    if (answer.status === 200) this.principal = (answer.body as Me).principal;
    return answer;
  }

  get(path: string, extra: Extra = {}): Promise<Answer> {
    return this.send('GET', path, undefined, extra);
  }

  delete(path: string, extra: Extra = {}): Promise<Answer> {
    return this.send('DELETE', path, undefined, extra);
  }

  post(path: string, body?: unknown, extra: Extra = {}): Promise<Answer> {
    return this.send('POST', path, body, extra);
  }

  /** The tokens that its cookies hold. */
  tokens() {
    return tokensIn(this.cookieHeader());
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async send(method: string, path: string, body: unknown, extra: Extra): Promise<Answer> {
    const headers: Record<string, string> = { cookie: this.cookieHeader(), ...extra.headers };
    const principal = 'as' in extra ? extra.as : this.principal;
    if (principal !== undefined) headers['x-principal'] = principal;
    if (method !== 'GET') headers['origin'] ??= this.url;
    const isBytes = body instanceof Uint8Array;
    if (body !== undefined && !isBytes) headers['content-type'] ??= 'application/json';
    const response = await fetch(this.url + path, {
      method,
      headers,
      redirect: 'manual',
      body:
        body === undefined
          ? null
          : isBytes
            ? new Blob([body as Uint8Array<ArrayBuffer>])
            : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : null,
      text,
      bytes,
    };
  }

  private keep(cookie: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (!name) return;
    if (!value || /max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
