import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { accountStore } from '../../src/store/accounts.ts';
import { startTestApp } from '../support/app.ts';
import { TestDialogue } from '../support/dialogue.ts';
import { opusParameters } from '../support/media-wire.ts';
import { SocketClient } from '../support/socket-client.ts';

let test: Awaited<ReturnType<typeof startTestApp>>;
let app: App;

beforeAll(async () => {
  test = await startTestApp();
  app = await test.start();
});

afterAll(async () => {
  await app.close();
  await test.close();
});

/** Gives the account's id. */
async function addAccount({ id = randomUUID() as string, isAdmin = false }): Promise<string> {
  await accountStore(test.db).insert({
    id,
    username: id,
    displayName: 'Cán bộ',
    passwordHash: '',
    isAdmin,
    mustChangePassword: false,
    failures: 0,
    lockedUntil: null,
    disabledAt: null,
    createdAt: 0,
  });
  return id;
}

const logLength = async () => {
  const { rows } = { rows: await test.db.selectFrom('logEntry').select('seq').execute() };
  return rows.length;
};

const question = (bridgePointId: string) => ({
  questionId: randomUUID(),
  bridgePointId,
  text: 'Bao giờ có nước sạch?',
  field: null,
  nameVisibility: 'hall' as const,
});

describe('a socket', () => {
  it('is refused without a session, without a right, and from a foreign page', async () => {
    const { dialogue } = test;
    const ofDialogue = { cookie: '', dialogueId: dialogue.id };
    await expect(
      SocketClient.connect(app.url, { ...ofDialogue, principal: `person:${dialogue.id}` }),
    ).rejects.toMatchObject({ data: { code: 'not_signed_in' } });
    await expect(
      SocketClient.connect(app.url, { ...ofDialogue, principal: 'root' }),
    ).rejects.toMatchObject({ data: { code: 'invalid' } });
    const other = await TestDialogue.open(test.engine);
    await expect(test.connectAs(app.url, test.secretarySubject, other.id)).rejects.toMatchObject({
      data: { code: 'not_allowed' },
    });
  });

  it('hears what its audiences may know, and nothing else', async () => {
    const subject = await test.personSubject(1);
    const [phone, neighbour] = [
      await test.connectAs(app.url, subject),
      await test.connectAs(app.url, await test.personSubject(1)),
    ];
    const hall = await test.connectAs(app.url, await test.moderatorSubject(1));
    const otherHall = await test.connectAs(app.url, await test.moderatorSubject(2));
    for (const client of [phone, neighbour, hall, otherHall]) await client.sync();
    const asked = question(subject.bridgePointId);
    expect(await phone.send('question.ask', asked)).toMatchObject({ ok: true });
    const told = (client: SocketClient) =>
      client.deliveries.some(({ puts }) => puts.some(({ id }) => id === asked.questionId));
    await phone.heard(({ puts }) => puts.some(({ id }) => id === asked.questionId));
    await hall.heard(({ puts }) => puts.some(({ id }) => id === asked.questionId));
    // Later on the same sockets: whatever was on its way before has arrived.
    await Promise.all([neighbour.sync(), otherHall.sync()]);
    expect([phone, hall, neighbour, otherHall].map(told)).toEqual([true, true, false, false]);
    for (const client of [phone, neighbour, hall, otherHall]) client.close();
  });

  it('that missed deliveries without knowing is current again with nothing missing', async () => {
    const subject = await test.personSubject(1);
    const phone = await test.connectAs(app.url, subject);
    const moderatorSubject = await test.moderatorSubject(1);
    const cut = await test.connectAs(app.url, moderatorSubject);
    const first = await cut.sync();
    if (!first.ok) throw new Error(first.error.code);
    const audience = `bridgePoint:${moderatorSubject.bridgePointId}`;
    const cursor = first.audiences.find((one) => one.audience === audience)!.seq;
    // Cut off without a word: the socket stands, but what comes is lost.
    cut.socket.off('delivery');
    const asked = [];
    for (let count = 0; count < 5; count += 1) {
      const one = question(subject.bridgePointId);
      asked.push(one.questionId);
      await phone.send('question.ask', one);
    }
    cut.socket.on('delivery', (delivery) => cut.deliveries.push(delivery));
    const last = question(subject.bridgePointId);
    await phone.send('question.ask', last);
    const next = await cut.heard((delivery) => delivery.audience === audience);
    expect(next.prev).toBeGreaterThan(cursor);
    const caughtUp = await cut.sync({ [audience]: cursor });
    if (!caughtUp.ok) throw new Error(caughtUp.error.code);
    const answer = caughtUp.audiences.find((one) => one.audience === audience)!;
    expect(answer.full).toBe(false);
    const ids = answer.puts.filter((put) => put.collection === 'question').map((put) => put.id);
    expect(ids).toEqual([...asked, last.questionId]);
    expect(answer.seq).toBe(next.seq);
    phone.close();
    cut.close();
  });

  it('is closed at once when its session is revoked', async () => {
    const subject = await test.personSubject(2);
    const { cookie, principal, sessionId } = await test.enter(subject);
    const phone = await SocketClient.connect(app.url, {
      cookie,
      principal,
      dialogueId: test.dialogue.id,
    });
    const revoked = new Promise((resolve) => phone.socket.once('revoked', resolve));
    const staff = await test.enter(test.secretarySubject);
    const answer = await fetch(
      `${app.url}/api/dialogues/${test.dialogue.id}/sessions/${sessionId}`,
      {
        method: 'DELETE',
        headers: { cookie: staff.cookie, 'x-principal': staff.principal, origin: app.url },
      },
    );
    expect(answer.status).toBeLessThan(300);
    await revoked;
    await phone.closed();
    await expect(
      SocketClient.connect(app.url, { cookie, principal, dialogueId: test.dialogue.id }),
    ).rejects.toMatchObject({ data: { code: 'not_signed_in' } });
  });
});

describe('the media of a socket', () => {
  const routers = async () => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    return Number(/nhipcau_media_objects\{kind="routers"\} (\d+)/.exec(metrics)![1]);
  };

  it('end with the role that let them publish, though another role stays', async () => {
    const accountId = test.dialogue.host.accountId;
    const adminId = await addAccount({ isAdmin: true });
    const admin = await test.connectAs(app.url, { kind: 'staff', accountId: adminId });
    const change = async (name: 'member.assign' | 'member.remove', role: 'host' | 'secretary') =>
      expect(await admin.send(name, { accountId, role })).toMatchObject({ ok: true });
    await change('member.assign', 'secretary');
    const client = await test.connectAs(app.url, { kind: 'staff', accountId });
    const resets: object[] = [];
    client.socket.on('media:reset', (told: object) => resets.push(told));
    await client.request('media:join', {});
    const send = { direction: 'send' };
    expect(await client.request('media:createTransport', send)).toMatchObject({ ok: true });

    await change('member.remove', 'host');
    expect(await client.request('media:createTransport', send)).toMatchObject({
      ok: false,
      error: { code: 'media.not_joined' },
    });
    expect(resets).toEqual([{}]);
    await client.request('media:join', {});
    // A secretary may present, and nothing else.
    const { id: transportId } = await client.request<{ id: string }>('media:createTransport', send);
    const microphone = { source: 'microphone', rtpParameters: opusParameters, appData: {} };
    expect(await client.request('media:produce', { transportId, ...microphone })).toMatchObject({
      ok: false,
      error: { code: 'media.not_allowed' },
    });
    await change('member.assign', 'host');
    await client.sync();
    expect(resets).toEqual([{}, {}]);
    client.close();
    admin.close();
  });

  it('end with the dialogue, and nobody comes back', async () => {
    const other = await TestDialogue.open(test.engine);
    const accountId = await addAccount({ id: other.secretary.accountId });
    const secretary = await test.connectAs(app.url, { kind: 'staff', accountId }, other.id);
    const device = { kind: 'device', deviceRole: 'moderator' } as const;
    const place = { dialogueId: other.id, bridgePointId: await other.hall(1) };
    const hall = await test.connectAs(app.url, { ...device, ...place }, other.id);
    const reset = new Promise((resolve) => hall.socket.once('media:reset', resolve));
    await hall.request('media:join', {});
    await hall.request('media:createTransport', { direction: 'recv' });
    expect(await routers()).toBe(1);
    await secretary.send('dialogue.start', {});
    expect(await secretary.send('dialogue.end', {})).toMatchObject({ ok: true });
    await reset;
    expect(await routers()).toBe(0);
    expect(await hall.request('media:join', {})).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    });
    for (const client of [secretary, hall]) client.close();
  });

  it('that joins and is gone in the same moment leave no room behind', async () => {
    const subject = await test.moderatorSubject(1);
    expect(await routers()).toBe(0);
    for (let round = 0; round < 5; round += 1) {
      const hall = await test.connectAs(app.url, subject);
      hall.socket.emit('media:join', {});
      hall.socket.emit('media:createTransport', { direction: 'recv' });
      hall.socket.emit('sync', { dialogueId: test.dialogue.id });
      hall.close();
    }
    // Later on another socket: what those sent has been dealt with.
    const other = await test.connectAs(app.url, subject);
    await other.request('media:join', {});
    await other.request('media:leave', {});
    expect(await routers()).toBe(0);
    other.close();
  });
});

describe('bad input gets its typed refusal and no log entry', () => {
  const envelope = (payload: unknown, extra: object = {}) => ({
    commandId: randomUUID(),
    dialogueId: test.dialogue.id,
    name: 'question.ask',
    payload,
    ...extra,
  });

  it.each([
    [
      'an unknown field',
      (hall: string) => envelope({ ...question(hall), isAdmin: true }),
      'invalid',
    ],
    [
      'an unknown field outside',
      (hall: string) => envelope(question(hall), { as: 'x' }),
      'invalid',
    ],
    ['a wrong type', (hall: string) => envelope({ ...question(hall), text: 7 }), 'invalid'],
    [
      'a 1 MB name',
      (hall: string) =>
        envelope({ ...question(hall), onBehalfOf: { name: 'A'.repeat(1_048_576) } }),
      'invalid',
    ],
    ['a NUL in a text', (hall: string) => envelope({ ...question(hall), text: 'a\0b' }), 'invalid'],
    [
      'half a character',
      (hall: string) => envelope({ ...question(hall), text: 'a\ud800' }),
      'invalid',
    ],
    ['no payload', () => envelope(undefined), 'invalid'],
    ['no envelope', () => 'question.ask', 'invalid'],
    ['an unknown command', () => envelope({}, { name: 'constructor' }), 'unknown_command'],
    [
      'a command of the server',
      () => envelope({}, { name: 'participant.join' }),
      'unknown_command',
    ],
    [
      'another dialogue',
      (hall: string) => envelope(question(hall), { dialogueId: randomUUID() }),
      'not_allowed',
    ],
    ['another hall', (_hall: string, other: string) => envelope(question(other)), 'not_allowed'],
    ['a hall that is not there', () => envelope(question(randomUUID())), 'not_found'],
    [
      'what only a secretary may',
      () => envelope({ questionId: randomUUID() }, { name: 'question.accept' }),
      'not_found',
    ],
    ['the end of the dialogue', () => envelope({}, { name: 'dialogue.end' }), 'not_allowed'],
  ])('%s', async (_what, make, code) => {
    const subject = await test.personSubject(1);
    const phone = await test.connectAs(app.url, subject);
    const before = await logLength();
    const outcome = await phone.request(
      'command',
      make(subject.bridgePointId, await test.dialogue.hall(2)),
    );
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(await logLength()).toBe(before);
    expect(phone.socket.connected).toBe(true);
    phone.close();
  });

  it('an unknown event, with an answer awaited or not', async () => {
    const phone = await test.connectAs(app.url, await test.personSubject(1));
    expect(await phone.request('become:admin', {})).toEqual({
      ok: false,
      error: { code: 'unknown_event' },
    });
    const refused = new Promise((resolve) => phone.socket.once('refused', resolve));
    phone.socket.emit('become:admin', {});
    expect(await refused).toEqual({ code: 'unknown_event' });
    phone.close();
  });

  it('another dialogue’s question under this dialogue’s name', async () => {
    const other = await TestDialogue.open(test.engine);
    const theirs = await other.ask(await other.joined(1));
    const moderator = await test.connectAs(app.url, await test.moderatorSubject(1));
    const before = await logLength();
    expect(await moderator.send('question.forward', { questionId: theirs })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await logLength()).toBe(before);
    moderator.close();
  });

  it('media that nobody let in, and parameters that are no RTP', async () => {
    const phone = await test.connectAs(app.url, await test.personSubject(1));
    expect(await phone.request('media:join', {})).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    });
    const moderator = await test.connectAs(app.url, await test.moderatorSubject(1));
    expect(await moderator.request('media:createTransport', { direction: 'send' })).toMatchObject({
      ok: false,
      error: { code: 'media.not_joined' },
    });
    expect(await moderator.request('media:join', {})).toMatchObject({ ok: true });
    const transport = await moderator.request<{ id: string }>('media:createTransport', {
      direction: 'send',
    });
    const produce = (encodings: unknown[]) =>
      moderator.request('media:produce', {
        transportId: transport.id,
        source: 'microphone',
        rtpParameters: { ...opusParameters, encodings },
        appData: {},
      });
    expect(await produce([{ ssrc: 'x' }])).toEqual({
      ok: false,
      error: {
        code: 'invalid',
        details: {
          issues: [{ path: 'rtpParameters.encodings.0.ssrc', code: 'invalid_type' }],
        },
      },
    });
    expect(await produce([{ ssrc: 1111 }])).toMatchObject({ ok: true });
    phone.close();
    moderator.close();
  });

  it('a flood is slowed down, and says so, over however many sockets it comes', async () => {
    const session = await test.enter(await test.personSubject(1));
    const at = { ...session, dialogueId: test.dialogue.id };
    const phones = [
      await SocketClient.connect(app.url, at),
      await SocketClient.connect(app.url, at),
    ];
    const outcomes = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        phones[index % 2]!.request('command', envelope({})),
      ),
    );
    const codes = outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
    expect(new Set(codes)).toEqual(new Set(['invalid', 'rate_limited']));
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(100);
    for (const phone of phones) phone.close();
  });

  it('more sockets of one session than anybody needs: the oldest gives way', async () => {
    const session = await test.enter(await test.personSubject(1));
    const at = { ...session, dialogueId: test.dialogue.id };
    const phones: SocketClient[] = [];
    for (let count = 0; count < 21; count += 1) {
      phones.push(await SocketClient.connect(app.url, at));
    }
    await phones[0]!.closed();
    expect(await phones.at(-1)!.sync()).toMatchObject({ ok: true });
    expect(phones.filter(({ socket }) => socket.connected)).toHaveLength(20);
    for (const phone of phones) phone.close();
  });
});
