import type { LineFact } from '@nhip-cau/shared/protocol/facts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { lineGraceMs, LineWatch } from '../../src/dialogue/lines/line-watch.ts';
import { accountStore } from '../../src/store/accounts.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { startTestApp } from '../support/app.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { startGateway } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import type { SocketClient } from '../support/socket-client.ts';

const wait = { timeout: 60_000 };

describe('a voice line whose end at the desk is gone', () => {
  let test: TestEngine;
  let dialogue: TestDialogue;
  let live: Awaited<ReturnType<typeof startGateway>>;
  let watch: LineWatch;
  let clock: ManualClock;
  let bridgePointId: string;
  let hall: SocketClient;
  /** Whose pages at the desk the watch was last told of. */
  let desks: ReadonlySet<string>;

  beforeAll(async () => {
    test = await createTestEngine();
    dialogue = await TestDialogue.open(test.engine);
    bridgePointId = await dialogue.hall(1);
    await accountStore(test.db).insert({
      id: dialogue.secretary.accountId,
      username: 'thuky',
      displayName: dialogue.secretary.displayName,
      passwordHash: '',
      isAdmin: false,
      mustChangePassword: false,
      failures: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: 0,
    });
    clock = new ManualClock(0);
    watch = new LineWatch(test.engine, (error) => test.errors.push(error), clock);
    test.engine.onCommitted((state) => watch.handleState(state));
    live = await startGateway(test, dialogue, {
      onLinks: (id, links) => watch.handleLinks(id, links),
      onDesks: (id, accountIds) => {
        desks = new Set(accountIds);
        watch.handleDesks(id, accountIds);
      },
    });
    const subject = { kind: 'device', dialogueId: dialogue.id, bridgePointId } as const;
    hall = await live.connect(await live.enter({ ...subject, deviceRole: 'moderator' }));
  });

  afterAll(async () => {
    watch.close();
    hall.close();
    await live.close();
    await test.close();
  });

  const lineNow = async () => (await dialogue.state()).voiceLines.get(bridgePointId);
  const secretary = () => dialogue.secretary.accountId;

  async function wall(): Promise<SocketClient> {
    const page = await live.connect(await live.enter({ kind: 'staff', accountId: secretary() }));
    await page.request('media:join', {});
    await expect.poll(() => desks.has(secretary()), wait).toBe(true);
    return page;
  }

  async function talk(page: SocketClient): Promise<void> {
    expect(await page.send('line.ring', { bridgePointId })).toMatchObject({ ok: true });
    expect(await hall.send('line.answer', { bridgePointId })).toMatchObject({ ok: true });
  }

  const gone = () => expect.poll(() => desks.has(secretary()), wait).toBe(false);

  it('is hung up, and the log says why', async () => {
    const page = await wall();
    await talk(page);
    page.close();
    await gone();
    clock.pass(lineGraceMs);
    await expect.poll(async () => (await lineNow())?.state, wait).toBe('idle');
    const log = createLogReader(test.db);
    const ended = await log.readEntries(dialogue.id, { types: ['line.hungUp'] });
    expect(ended.at(-1)).toMatchObject({
      actor: { kind: 'system' },
      payload: { bridgePointId, reason: 'deskGone' },
    });
  });

  it('goes on for a page that is back within the grace', async () => {
    const page = await wall();
    await talk(page);
    const { since } = (await lineNow())!;
    page.close();
    await gone();
    clock.pass(lineGraceMs - 1);
    const back = await wall();
    clock.pass(10 * lineGraceMs);
    expect(await lineNow()).toMatchObject({ state: 'open', since });
    expect(await back.send('line.hangUp', { bridgePointId })).toMatchObject({ ok: true });
    back.close();
    await gone();
  });

  it('is hung up too when the page is there but has left the wall', async () => {
    const page = await wall();
    await talk(page);
    await page.request('media:leave', {});
    await gone();
    clock.pass(lineGraceMs);
    await expect.poll(async () => (await lineNow())?.state, wait).toBe('idle');
    page.close();
  });

  it('is dropped by the server alone', async () => {
    const page = await wall();
    const drop = { bridgePointId, since: 0, reason: 'deskGone' } as const;
    for (const client of [page, hall]) {
      expect(await client.send('line.drop', drop)).toMatchObject({
        error: { code: 'unknown_command' },
      });
    }
    page.close();
    expect(test.errors).toEqual([]);
  });
});

describe('the server', () => {
  let test: Awaited<ReturnType<typeof startTestApp>>;
  let app: App;
  const opened: SocketClient[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    app = await test.start();
  });
  beforeEach(() => void opened.splice(0).forEach((client) => client.close()));
  afterAll(async () => {
    for (const client of opened) client.close();
    await app.close();
    await test.close();
  });

  it.each(['desk', 'hall'] as const)('hangs up when the page of the %s is closed', async (end) => {
    const subject = await test.moderatorSubject(1);
    const { bridgePointId } = subject;
    const desk = await test.connectAs(app.url, test.secretarySubject);
    const hall = await test.connectAs(app.url, subject);
    opened.push(desk, hall);
    expect(await desk.request('media:join', {})).toMatchObject({ ok: true });
    const [closes, stays] = end === 'desk' ? [desk, hall] : [hall, desk];
    await stays.sync();
    expect(await desk.send('line.ring', { bridgePointId })).toMatchObject({ ok: true });
    expect(await hall.send('line.answer', { bridgePointId })).toMatchObject({ ok: true });
    closes.close();
    const line = () =>
      stays.deliveries
        .flatMap(({ puts }) => puts)
        .findLast(({ collection, id }) => collection === 'line' && id === bridgePointId)?.value as
        LineFact | undefined;
    await expect.poll(() => line()?.state, wait).toBe('idle');
    expect(line()?.ended).toBe(`${end}Gone`);
  });
});
