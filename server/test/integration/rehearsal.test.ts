import { randomUUID } from 'node:crypto';
import { type CheckName, checkNames } from '@nhip-cau/shared/model/rehearsal';
import type { PageHealth } from '@nhip-cau/shared/model/health';
import type {
  EquipmentFact,
  LineFact,
  LineMessageFact,
  ReadinessFact,
} from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import type { SocketClient } from '../support/socket-client.ts';

let test: Awaited<ReturnType<typeof startTestApp>>;
let app: App;
let desk: SocketClient;
let hall: SocketClient;
let otherHall: SocketClient;
let bridgePointId: string;

const checks = Object.fromEntries(
  checkNames.map((name) => [name, { result: 'ok', value: null }]),
) as Record<CheckName, { result: 'ok'; value: null }>;
const health: PageHealth = {
  picture: 'black',
  sound: 'ok',
  echo: false,
  levelDbfs: -30,
  upKbps: 1_800,
  downKbps: null,
  upLossPercent: 0,
  downLossPercent: 0,
  rttMs: 40,
  freezes: 0,
  clockOffsetMs: 12,
};

beforeAll(async () => {
  test = await startTestApp();
  app = await test.start();
  bridgePointId = await test.dialogue.hall(1);
  desk = await test.connectAs(app.url, test.secretarySubject);
  hall = await test.connectAs(app.url, await test.moderatorSubject(1));
  otherHall = await test.connectAs(app.url, await test.moderatorSubject(2));
  for (const client of [desk, hall, otherHall]) await client.sync();
});

afterAll(async () => {
  for (const client of [desk, hall, otherHall]) client.close();
  await app.close();
  await test.close();
});

/** What the client was last told of one thing, once the command with this number was told. */
async function fact<Fact>(client: SocketClient, seq: number, collection: string, id: string) {
  await client.heard((delivery) => delivery.seq >= seq);
  const puts = client.deliveries.flatMap((delivery) => delivery.puts);
  return puts.findLast((put) => put.collection === collection && put.id === id)?.value as Fact;
}

const done = async (outcome: Promise<{ ok: boolean; seq?: number }>): Promise<number> => {
  const { ok, seq } = await outcome;
  expect(ok).toBe(true);
  return seq!;
};

const heardOf = (client: SocketClient, collection: string) =>
  client.deliveries.flatMap((one) => one.puts).filter((put) => put.collection === collection);

describe('what halls measure', () => {
  it('reaches the desk, goes with the page, and is told to nobody else', async () => {
    const told: SignalMessage[] = [];
    const elsewhere: string[] = [];
    desk.socket.on('signal', (message: SignalMessage) => told.push(message));
    otherHall.socket.on('signal', ({ name }: SignalMessage) => elsewhere.push(name));
    const page = await test.connectAs(app.url, await test.moderatorSubject(3));
    const [before] = [await test.dialogue.hall(3)];
    expect(await page.request('health', { health })).toEqual({ ok: true });
    const latest = () =>
      told.findLast((one) => one.name === 'health')?.value as
        { bridgePoints: Record<string, { computer: PageHealth | null } | null> } | undefined;
    const wait = { timeout: 20_000 };
    await expect.poll(() => latest()?.bridgePoints[before]?.computer, wait).toEqual(health);
    page.close();
    await expect.poll(() => latest()?.bridgePoints[before], wait).toBeNull();
    await otherHall.sync();
    expect(elsewhere).not.toContain('health');
  });

  it('is refused of anybody else, and when it is not what a page measures', async () => {
    expect(await desk.request('health', { health })).toMatchObject({
      error: { code: 'not_allowed' },
    });
    expect(await hall.request('health', { health: { picture: 'fine' } })).toMatchObject({
      error: { code: 'invalid' },
    });
  });
});

describe('the rehearsal', () => {
  it('keeps what a hall found, the newest five, for the desk and the hall', async () => {
    let seq = 0;
    for (let times = 0; times < 6; times += 1) {
      seq = await done(hall.send('rehearsal.report', { bridgePointId, checks }));
    }
    for (const client of [desk, hall]) {
      const readiness = await fact<ReadinessFact>(client, seq, 'readiness', bridgePointId);
      expect(readiness.reports).toHaveLength(5);
      expect(readiness.reports[0]).toEqual({ at: expect.any(Number), checks });
    }
    expect(heardOf(otherHall, 'readiness')).toEqual([]);
  });

  it('is reported by the hall itself only', async () => {
    for (const client of [desk, otherHall]) {
      expect(await client.send('rehearsal.report', { bridgePointId, checks })).toMatchObject({
        error: { code: 'not_allowed' },
      });
    }
  });

  it('marks a hall in the roll call and takes the mark back', async () => {
    const mark = { bridgePointId, result: 'problem', note: 'Micro số 2 rè' } as const;
    const seq = await done(desk.send('rollCall.mark', mark));
    expect(await fact<ReadinessFact>(desk, seq, 'readiness', bridgePointId)).toMatchObject({
      rollCall: { result: 'problem', note: 'Micro số 2 rè', by: 'Thư ký' },
    });
    const { principal, cookie } = await test.enter(test.secretarySubject);
    const answer = await fetch(`${app.url}/api/dialogues/${test.dialogue.id}/rehearsal.csv`, {
      headers: { cookie, 'x-principal': principal },
    });
    const [head, first] = (await answer.text()).split('\r\n');
    expect(head).toContain('Điểm danh kỹ thuật');
    expect(first).toContain('Điểm cầu 1,hall-1,Có vấn đề,Micro số 2 rè,Thư ký');
    const undone = await done(desk.send('rollCall.mark', { bridgePointId, result: null }));
    expect(await fact<ReadinessFact>(desk, undone, 'readiness', bridgePointId)).toMatchObject({
      rollCall: null,
    });
    expect(await desk.send('rollCall.mark', { bridgePointId, result: null })).toMatchObject({
      error: { code: 'wrong_state' },
    });
    expect(await hall.send('rollCall.mark', { bridgePointId, result: 'ok' })).toMatchObject({
      error: { code: 'not_allowed' },
    });
  });

  it('measures the line of a hall, both ways', async () => {
    const { principal, cookie } = await test.enter(await test.moderatorSubject(1));
    const path = `${app.url}/api/dialogues/${test.dialogue.id}/probe`;
    const headers = { cookie, 'x-principal': principal, origin: app.url };
    const down = await fetch(path, { headers });
    const bytes = await down.arrayBuffer();
    expect([down.status, bytes.byteLength]).toEqual([200, 524_288]);
    const up = await fetch(path, { method: 'POST', headers, body: bytes });
    expect(await up.json()).toEqual({ bytes: 524_288 });
    const tooMuch = new Uint8Array(600_000);
    expect((await fetch(path, { method: 'POST', headers, body: tooMuch })).status).toBe(413);
    const secretary = await test.enter(test.secretarySubject);
    const refused = await fetch(path, {
      headers: { cookie: secretary.cookie, 'x-principal': secretary.principal },
    });
    expect(refused.status).toBe(403);
  });
});

describe('the private line', () => {
  it('carries words both ways and to nobody else', async () => {
    const [asked, answered] = [randomUUID(), randomUUID()];
    await done(desk.send('line.say', { messageId: asked, bridgePointId, text: 'Micro nhỏ quá.' }));
    const seq = await done(
      hall.send('line.say', { messageId: answered, bridgePointId, text: 'Đã tăng âm lượng.' }),
    );
    for (const client of [desk, hall]) {
      expect(await fact<LineMessageFact>(client, seq, 'lineMessage', asked)).toMatchObject({
        from: 'desk',
        by: 'Thư ký',
        text: 'Micro nhỏ quá.',
        position: 1,
      });
      expect(await fact<LineMessageFact>(client, seq, 'lineMessage', answered)).toMatchObject({
        from: 'hall',
        by: null,
        position: 2,
      });
    }
    await otherHall.sync();
    expect(heardOf(otherHall, 'lineMessage')).toEqual([]);
    const foreign = { messageId: randomUUID(), bridgePointId, text: 'Tôi nghe được.' };
    expect(await otherHall.send('line.say', foreign)).toMatchObject({
      error: { code: 'not_allowed' },
    });
  });

  it('rings, is answered by the other side only, and ends', async () => {
    const accountId = test.dialogue.secretary.accountId;
    const line = { bridgePointId };
    await done(desk.send('line.ring', line));
    expect(await desk.send('line.answer', line)).toMatchObject({ error: { code: 'wrong_state' } });
    const seq = await done(hall.send('line.answer', line));
    expect(await fact<LineFact>(hall, seq, 'line', bridgePointId)).toMatchObject({
      state: 'open',
      accountId,
      name: 'Thư ký',
    });
    // One voice goes to one hall.
    expect(
      await desk.send('line.ring', { bridgePointId: await test.dialogue.hall(2) }),
    ).toMatchObject({ error: { code: 'already_exists' } });
    const over = await done(hall.send('line.hangUp', line));
    expect(await fact<LineFact>(desk, over, 'line', bridgePointId)).toMatchObject({
      state: 'idle',
      accountId: null,
      ended: 'hall',
    });
    await done(hall.send('line.ring', line));
    const answered = await done(desk.send('line.answer', line));
    expect(await fact<LineFact>(desk, answered, 'line', bridgePointId)).toMatchObject({
      state: 'open',
      rungBy: 'hall',
      accountId,
      ended: null,
    });
    const hungUp = await done(desk.send('line.hangUp', line));
    expect(await fact<LineFact>(hall, hungUp, 'line', bridgePointId)).toMatchObject({
      state: 'idle',
      ended: 'desk',
    });
  });
});

describe('a hall’s equipment', () => {
  it('is asked for by the desk, told to the hall, and a muted hall is called so on the stage', async () => {
    await done(desk.send('equipment.ask', { bridgePointId, microphone: '9f3a' }));
    const seq = await done(desk.send('equipment.ask', { bridgePointId, muted: true }));
    expect(await fact<EquipmentFact>(hall, seq, 'equipment', bridgePointId)).toEqual({
      id: bridgePointId,
      muted: true,
      mutedBy: 'Thư ký',
      camera: null,
      microphone: { key: '9f3a', at: expect.any(Number) },
    });
    expect(await hall.send('equipment.ask', { bridgePointId, muted: false })).toMatchObject({
      error: { code: 'not_allowed' },
    });
    expect(await desk.send('equipment.ask', { bridgePointId })).toMatchObject({
      error: { code: 'invalid' },
    });
    const freed = await done(desk.send('equipment.ask', { bridgePointId, muted: false }));
    expect(await fact<EquipmentFact>(hall, freed, 'equipment', bridgePointId)).toMatchObject({
      muted: false,
      mutedBy: null,
    });
  });
});
