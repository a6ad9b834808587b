import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import { Engine } from '../../src/dialogue/kernel/executor.ts';
import { catchUp, Follower } from '../../src/dialogue/kernel/follower.ts';
import { Sight } from '../../src/dialogue/nodes/sight.ts';
import { StageReconciler } from '../../src/dialogue/stage/reconciler.ts';
import { createMediaService, type MediaService } from '../../src/media/media-service.ts';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { createLogHeads, createSharedJournal } from '../../src/store/journal.ts';
import { createDatabaseProbe } from '../../src/store/probe.ts';
import { startTestApp } from '../support/app.ts';
import { createDatabaseGate, type DatabaseGate } from '../support/database-gate.ts';
import { TestDialogue } from '../support/dialogue.ts';
import { joinPublisher, joinReceiver } from '../support/media-hall.ts';
import { createMediaWire, type MediaWire } from '../support/media-wire.ts';
import { until } from '../support/nodes.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('a node that alone loses the database', () => {
  let database: TestDatabase;
  let gate: DatabaseGate;
  let buses: InProcessNodes;
  let wire: MediaWire;
  let media: MediaService;
  /** As another node has the dialogue. */
  let elsewhere: TestDialogue;
  let told: boolean[];
  let closers: (() => Promise<void> | void)[];
  let hall: Awaited<ReturnType<typeof joinPublisher>>;
  let screen: Awaited<ReturnType<typeof joinReceiver>>;

  beforeEach(async () => {
    closers = [];
    told = [];
    buses = new InProcessNodes();
    database = await createTestDatabase();
    closers.push(() => database.drop());
    gate = await createDatabaseGate(database.url);
    closers.push(() => gate.close());
    wire = createMediaWire();
    closers.push(() => wire.close());
    media = await createMediaService(
      { workers: 1, listenAddress: '127.0.0.1', portMin: 0 },
      {},
      wire.open,
    );
    closers.push(() => media.close());
    const other = openNode(database.url);
    await migrate(other.db);
    elsewhere = await TestDialogue.open(other.engine);

    const { engine, logs } = openNode(gate.url);
    const reconciler = new StageReconciler(media, (error) => {
      throw error;
    });
    engine.onCommitted((state) => reconciler.handleState(state));
    const probe = createDatabaseProbe(gate.url);
    const sight = new Sight({
      look: () => probe.look(),
      catchUp: () => catchUp(engine, logs),
      blindAfterMs: 2_000,
      onChanged: (isBlind) => {
        told.push(isBlind);
        reconciler.setBlind(isBlind);
      },
    });
    closers.push(
      () => probe.close(),
      () => sight.close(),
    );
    const state = await engine.read(elsewhere.id);
    const bridgePointId = await elsewhere.hall(1);
    hall = await joinPublisher(media, wire, elsewhere.id, bridgePointId);
    screen = await joinReceiver(media, wire, elsewhere.id);
    reconciler.handleState(state!);
    await elsewhere.do(elsewhere.secretary, 'dialogue.start', {});
    const questionId = await elsewhere.accepted(1);
    await elsewhere.do(elsewhere.secretary, 'floor.call', { questionId });
    await hears();
  });

  afterEach(async () => {
    for (const close of closers.toReversed()) await close();
  });

  function openNode(url: string): {
    db: Database;
    engine: Engine;
    logs: ReturnType<typeof createLogHeads>;
  } {
    const { bus } = buses.join();
    const db = openDatabase(url, { maxConnections: 4 });
    const logs = createLogHeads(db);
    // While the database is away nothing else can be expected of it.
    const onError = () => {};
    const engine: Engine = new Engine({
      journal: createSharedJournal(db),
      outlet: { deliver: () => {} },
      onError,
      onWritten: (commit) => follower.handleWritten(commit),
    });
    const follower = new Follower({ bus, engine, logs, onError });
    closers.push(async () => {
      follower.close();
      gate.open();
      await engine.close();
      await db.destroy();
    });
    return { db, engine, logs };
  }

  const microphone = () => hall.peer.notified('media:feed').at(-1)?.microphone;

  async function hears(): Promise<void> {
    await until(() => microphone() === 'open');
    const before = screen.sink.packets('audio');
    await until(() => screen.sink.packets('audio') > before + 3);
  }

  /** Its microphone is told closed, and of twenty packets that it sends none arrives. */
  async function isSilent(): Promise<void> {
    await until(() => microphone() === 'closed');
    await until(async () => {
      const heard = screen.sink.packets('audio');
      await hall.source.sent(20);
      return screen.sink.packets('audio') === heard;
    });
  }

  it('closes its microphones, and opens them when it can read the log again', async () => {
    gate.shut();
    await isSilent();
    expect(told.at(-1)).toBe(true);
    const seen = screen.sink.packets('video');
    await until(() => screen.sink.packets('video') > seen + 3);
    gate.open();
    await hears();
    expect(told.at(-1)).toBe(false);
  });

  it('keeps them closed whose turn has ended elsewhere meanwhile', async () => {
    gate.hold();
    await isSilent();
    const before = hall.peer.notified('media:feed').length;
    const { currentTurnId } = await elsewhere.state();
    await elsewhere.do(elsewhere.secretary, 'floor.end', { turnId: currentTurnId! });
    gate.open();
    await until(() => told.at(-1) === false);
    await until(() => hall.peer.notified('media:feed').at(-1)?.tier === 'onDeck');
    const since = hall.peer.notified('media:feed').slice(before);
    expect(since.map((feed) => feed.microphone)).not.toContain('open');
    await isSilent();
  });

  it('follows a turn that ends at another node while its own database is there', async () => {
    const { currentTurnId } = await elsewhere.state();
    await elsewhere.do(elsewhere.secretary, 'floor.end', { turnId: currentTurnId! });
    await until(() => hall.peer.notified('media:feed').at(-1)?.tier === 'onDeck');
    await isSilent();
  });
});

it('tells its pages so, and that it sees again', async () => {
  const server = await startTestApp({ MEDIA_BLIND_SECONDS: '2' });
  const gate = await createDatabaseGate(server.url);
  server.settings.DATABASE_URL = gate.url;
  const app = await server.start();
  const page = await server.connectAs(app.url, await server.moderatorSubject(1));
  const told: boolean[] = [];
  page.socket.on('signal', ({ name, value }: SignalMessage) => {
    if (name === 'sight') told.push(value.isBlind);
  });
  await page.sync();
  gate.shut();
  await until(() => told.at(-1) === true);
  gate.open();
  await until(() => told.at(-1) === false);
  page.close();
  await app.close();
  await gate.close();
  await server.close();
});
