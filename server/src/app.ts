import { createServer } from 'node:http';
import type { Logger } from 'pino';
import { joinNodes } from './bus/join.ts';
import { BusNodeValues } from './bus/node-values.ts';
import type { Config } from './config.ts';
import { AttachmentService } from './dialogue/attachments/service.ts';
import { ImportService } from './dialogue/bridge-points/import/service.ts';
import { type Demo, openDemo } from './dialogue/demo/demo.ts';
import { Engine } from './dialogue/kernel/executor.ts';
import { catchUp, Follower } from './dialogue/kernel/follower.ts';
import type { Journal } from './dialogue/kernel/ports.ts';
import type { DialogueState } from './dialogue/kernel/state.ts';
import { Homes } from './dialogue/nodes/homes.ts';
import { SessionNews } from './dialogue/nodes/session-news.ts';
import { Sight } from './dialogue/nodes/sight.ts';
import { AccountService } from './dialogue/people/accounts.ts';
import { JoiningService } from './dialogue/people/joining.ts';
import { PairingService } from './dialogue/people/pairing.ts';
import { SessionService } from './dialogue/people/sessions.ts';
import { FateService } from './dialogue/questions/fate.ts';
import { PublicForm } from './dialogue/questions/public-form.ts';
import { QuestionImportService } from './dialogue/questions/import/service.ts';
import { StageReconciler } from './dialogue/stage/reconciler.ts';
import { ApartReader } from './documents/reader.ts';
import { Duties } from './duties.ts';
import { startHousekeeping } from './housekeeping.ts';
import { mediaHooks } from './media-hooks.ts';
import { mediaHandlers, mediaRequest } from './media/handlers.ts';
import { createMediaService } from './media/media-service.ts';
import type { TransportOpener } from './media/transports.ts';
import { relayFor } from './media/turn.ts';
import { Outside } from './outside.ts';
import { openPush } from './push/open.ts';
import { openRecordings } from './recordings.ts';
import type { SpeechEngine } from './speech/engine.ts';
import { openSpeeches } from './speeches.ts';
import { openStorage } from './storage.ts';
import { accountStore } from './store/accounts.ts';
import { attachmentStore } from './store/attachments.ts';
import { checkDatabase } from './store/database.ts';
import { dialogueList } from './store/dialogue-list.ts';
import { installationOf } from './store/installation.ts';
import { createJournal, createLogHeads, createSharedJournal } from './store/journal.ts';
import { createLogReader } from './store/log-reader.ts';
import { oneAtATime } from './store/one-at-a-time.ts';
import { joinCodes, pairingCodeStore } from './store/pairing.ts';
import { similarQuestions } from './store/similar-questions.ts';
import { transcriptSearch } from './store/transcript-search.ts';
import { pushStore } from './store/push.ts';
import { questionCodes } from './store/question-codes.ts';
import { sessionStore } from './store/sessions.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { cookieAuthenticator } from './transport/http/cookies.ts';
import { createHttp } from './transport/http/http.ts';
import { listen } from './transport/http/listen.ts';
import { isOwnOrigin } from './transport/http/origins.ts';
import { allRoutes } from './transport/http/routes/index.ts';
import { roomOf } from './transport/socket/audiences.ts';
import { Gateway } from './transport/socket/gateway.ts';
import { SharedScreens } from './transport/socket/shared-screens.ts';

export interface AppOptions {
  config: Config;
  log: Logger;
  /** The database is gone and could not be brought back: the process must end. */
  onLost: (error: Error) => void;
  /** Puts something before the journal: a fault to rehearse. The server itself never does. */
  wrapJournal?: (journal: Journal) => Journal;
  /** Makes the transports of media peers in another way: for a measurement. The server never does. */
  openTransport?: TransportOpener;
  /** Hears in place of the configured engine: for a measurement. The server never does. */
  speechEngine?: SpeechEngine;
}

export interface App {
  /** Address to open, without a slash at the end. */
  url: string;
  /** The demonstration's links; `null` where there is none. */
  demo: Demo | null;
  /** The first admin's account, where it was made just now. */
  firstAdmin: { username: string; password: string } | null;
  /**
   * Gives this node's people and its watches to other nodes; resolves when nobody is left, or after
   * `limitMs`. The dialogues go on. Call `close` after it.
   */
  leave(limitMs: number): Promise<void>;
  /** Closes everything, in order: sockets, commands under way, media, database. Idempotent. */
  close(): Promise<void>;
}

/** Puts the server together: the only place that knows every part. */
export async function startApp(options: AppOptions): Promise<App> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (let next = closers.pop(); next; next = closers.pop()) await next();
  };
  try {
    const parts = await assemble(options, closers);
    let closing: Promise<void> | null = null;
    return { ...parts, close: () => (closing ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  {
    config,
    log,
    onLost,
    wrapJournal = (journal) => journal,
    openTransport,
    speechEngine,
  }: AppOptions,
  closers: (() => Promise<void> | void)[],
): Promise<Omit<App, 'close'>> {
  const metrics = createMetrics();
  const { db, patientDb, probe } = await openStorage({ config: config.data, onLost, closers, log });
  const { redisUrl } = config.data;
  const isShared = redisUrl !== undefined;
  const nodes = await joinNodes({ redisUrl, installation: await installationOf(db), log });
  const values = new BusNodeValues(nodes.bus);
  closers.push(
    () => nodes.close(),
    () => values.close(),
  );

  const { turn } = config.media;
  const hooks = mediaHooks({ turn, gateway: () => gateway, screens: () => screens, metrics, log });
  const mediaNodes = isShared ? { nodeId: nodes.bus.nodeId, values } : null;
  const media = await createMediaService(config.media, hooks, openTransport, mediaNodes);
  closers.push(() => media.close());
  let isLeaving = false;

  const report =
    (part: 'engine' | 'stage' | 'link' | 'timer' | 'push' | 'nodes' | 'recording' | 'speech') =>
    (err: unknown, dialogueId?: string) => {
      metrics.handleError(part);
      log.error({ err, dialogueId, part }, 'a part of a dialogue failed');
    };
  const push = await openPush(config.push, pushStore(db), report('push'));
  const sessions = new SessionService({
    store: sessionStore(db),
    hours: config.sessions,
    onError: (error) => log.warn({ err: error }, 'that sessions are used could not be written'),
    onChanged: (change) => nodes.bus.publish('sessions', change),
  });
  const server = createServer();
  const gateway = new Gateway({
    httpServer: server,
    authenticator: cookieAuthenticator(sessions),
    isOwnOrigin: (origin, host) => isOwnOrigin(config.http.publicUrl, origin, host),
    onAdmitted: (state) => watch(state),
    onLinks: (...links) => duties.handleLinks(...links),
    onDesks: (...desks) => duties.handleDesks(...desks),
    values,
    log,
  });
  const reader = new ApartReader();
  const attachments = new AttachmentService({
    store: attachmentStore(db),
    reader,
    read: (dialogueId) => engine.read(dialogueId),
  });
  closers.push(() => reader.close());
  const engine: Engine = new Engine({
    journal: wrapJournal(isShared ? createSharedJournal(db) : createJournal(db)),
    outlet: gateway,
    objection: (actor, envelope) =>
      recordings.objection(envelope) ?? attachments.objection(actor, envelope),
    onError: report('engine'),
    onBatch: metrics.handleBatch,
    onWritten: (commit) => {
      push?.handleWritten(commit);
      follower?.handleWritten(commit);
    },
  });
  const logs = createLogHeads(db);
  const follower = isShared
    ? new Follower({ bus: nodes.bus, engine, logs, onError: report('nodes') })
    : null;
  const reconciler = new StageReconciler(media, report('stage'));
  const sight = new Sight({
    look: () => probe.look(),
    catchUp: () => catchUp(engine, logs),
    blindAfterMs: config.media.blindSeconds * 1_000,
    onChanged: (isBlind) => {
      if (isBlind) log.error('the logs cannot be read: all microphones of this node are closed');
      else log.warn('the logs can be read again: the stage is what they say');
      reconciler.setBlind(isBlind);
      for (const id of engine.dialogueIds()) tellSight(id, isBlind);
    },
  });
  const tellSight = (dialogueId: string, isBlind: boolean) =>
    gateway.signals.set(dialogueId, roomOf(dialogueId, 'everyone'), 'sight', { isBlind });
  const duties = new Duties({
    engine,
    recordings: () => recordings,
    report,
  });
  const screens = new SharedScreens(values, (...sent) => duties.handleScreens(...sent));
  const homes = new Homes({
    leases: nodes.leases,
    bus: nodes.bus,
    onHome: (dialogueId) =>
      void engine
        .read(dialogueId)
        .then((state) => state && homes.isHome(dialogueId) && duties.handleState(state))
        .catch((error: unknown) => report('nodes')(error, dialogueId)),
    onLost: (dialogueId) => duties.drop(dialogueId),
  });
  const watch = (state: DialogueState) => {
    gateway.handleState(state);
    reconciler.handleState(state);
    push?.handleState(state);
    recordings.handleState(state);
    speeches.handleState(state);
    outside.handleState(state);
    homes.want(state.id);
    if (homes.isHome(state.id)) duties.handleState(state);
  };
  const logReader = createLogReader(db);
  const recordings = await openRecordings({
    config,
    media,
    engine,
    logReader,
    nodes,
    signals: () => gateway.signals,
    onError: report('recording'),
    log,
  });
  const { speeches, speechAudio } = await openSpeeches({
    config,
    speechEngine,
    media,
    engine,
    bus: nodes.bus,
    values,
    signals: () => gateway.signals,
    onError: report('speech'),
    log,
  });
  const outside = new Outside(media, recordings.programmeSource);
  closers.push(
    () => recordings.close(),
    () => speechAudio.close(),
  );
  engine.onCommitted(watch);
  const endHousekeeping = startHousekeeping({
    engine,
    homes,
    speeches,
    outside,
    sessions,
    attachments,
    // An encoder or a player alone keeps its dialogue too: it must hear when a turn is over.
    isUsed: (id) => gateway.isWatched(id) || media.hasRoom(id) || outside.players.plays(id),
    log,
  });
  closers.push(endHousekeeping);
  sessions.onRevoked((sessionId) => {
    gateway.handleRevoked(sessionId);
    outside.closeOf(sessionId);
  });
  const sessionNews = new SessionNews({
    bus: nodes.bus,
    sessions,
    checkSockets: () => gateway.checkSessions(),
  });
  closers.push(
    () => homes.close(),
    () => sessionNews.close(),
    () => follower?.close(),
    () => sight.close(),
    () => engine.close(),
    () => duties.close(),
    () => push?.close(),
    // While the log still takes what is under way.
    () => speeches.close(),
  );

  const accounts = new AccountService({
    store: accountStore(db),
    sessions,
    lockOut: {
      maxFailures: config.sessions.maxSignInFailures,
      lockMs: config.sessions.lockMinutes * 60_000,
    },
  });
  const { demo, firstAdmin } = await oneAtATime(patientDb, async () => ({
    demo: config.demo ? await openDemo({ engine, accounts }) : null,
    firstAdmin: await accounts.ensureFirstAdmin(),
  }));
  server.on(
    'request',
    createHttp({
      routes: allRoutes({
        engine,
        accounts,
        sessions,
        pairing: new PairingService({ store: pairingCodeStore(db), engine }),
        joining: new JoiningService({ codes: joinCodes(db), engine }),
        imports: new ImportService({ engine }),
        dialogueList: dialogueList(db),
        attachments,
        publicForm: new PublicForm({ engine, attachments }),
        fates: new FateService({ codes: questionCodes(db), engine }),
        push,
        logReader,
        recordings,
        speechAudio,
        transcriptSearch: transcriptSearch(db),
        similar: similarQuestions(db),
        questionImports: new QuestionImportService({ engine }),
        demo,
      }),
      outside: {
        encoders: outside.encoders,
        players: outside.players,
        onAdmitted: watch,
        isLeaving: () => isLeaving,
        iceServers: (deviceId) => (turn ? [relayFor(turn, deviceId, Date.now())] : []),
      },
      engine,
      sessions,
      publicUrl: config.http.publicUrl,
      trustProxy: config.http.trustProxy,
      clientDir: config.http.clientDir,
      broadcastDir: config.recording.broadcastDir,
      counters: nodes.counters,
      isLeaving: () => gateway.isLeaving,
      checkDatabase: () => checkDatabase(db),
      metrics,
      log,
    }),
  );
  const handlers = mediaHandlers(media);
  gateway.start(engine, {
    request: (peer, name, payload) => mediaRequest(handlers, peer, name, payload),
    leave: (peerId) => media.leave(peerId),
  });
  metrics.watch({
    sockets: () => gateway.size,
    halls: () => gateway.presence.count(),
    media: () => ({ ...media.counts() }),
  });
  const url = await listen(server, config.http);
  closers.push(async () => {
    server.closeAllConnections();
    await gateway.close();
  });
  const leave = async (limitMs: number) => {
    isLeaving = true;
    const until = Date.now() + limitMs;
    outside.closeAll();
    const left = gateway.leave(limitMs);
    await homes.close();
    await left;
    // What halls said up to their leaving lies here and nowhere else.
    await speeches.settle(until - Date.now());
  };
  return { url, demo, firstAdmin, leave };
}
