import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let admin: Browser;
const clock = { now: Date.now() };

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine, { clock });
  const first = await http.accounts.ensureFirstAdmin();
  admin = http.browser();
  await admin.signIn('admin', first!.password);
  await admin.post('/api/password', {
    oldPassword: first!.password,
    newPassword: 'cây cầu bắc qua sông',
  });
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

beforeEach(() => {
  clock.now = Date.now();
});

async function newAccount(username: string): Promise<{ id: string; password: string }> {
  const accountId = randomUUID();
  const input = { accountId, username, displayName: 'Lê Thu Hà', isAdmin: false };
  const { body } = await admin.post('/api/accounts', input);
  return { id: accountId, password: body.password };
}

describe('a staff account', () => {
  test('the first one is made once, and must change its password before anything else', async () => {
    expect(await http.accounts.ensureFirstAdmin()).toBeNull();
    const { id, password } = await newAccount('moi');
    const browser = http.browser();
    const { body } = await browser.signIn('MOI ', password);
    expect(body).toMatchObject({ kind: 'staff', accountId: id, mustChangePassword: true });
    expect(await browser.get('/api/dialogues')).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed', details: { reason: 'must_change_password' } } },
    });
    const change = { oldPassword: password, newPassword: 'mười cây số đường đê' };
    expect((await browser.post('/api/password', change)).status).toBe(200);
    expect((await browser.get('/api/dialogues')).body).toEqual([]);
  });

  test('is made once however often it is sent, and its username is its own', async () => {
    const input = { accountId: randomUUID(), username: 'ha', displayName: 'Hà', isAdmin: false };
    const first = await admin.post('/api/accounts', input);
    expect(first.body).toMatchObject({ account: { id: input.accountId, username: 'ha' } });
    expect(first.body.password).toMatch(/^([2-9a-z]{4}-){3}[2-9a-z]{4}$/);
    const retry = await admin.post('/api/accounts', input);
    expect(retry.body).toMatchObject({ account: { id: input.accountId }, password: null });
    const other = await admin.post('/api/accounts', { ...input, accountId: randomUUID() });
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'username_taken' } } });
  });

  test('is kept as a hash, its token too', async () => {
    const { password } = await newAccount('kin');
    const browser = http.browser();
    await browser.signIn('kin', password);
    const [{ token } = { token: '' }] = browser.tokens();
    const accounts = await engine.db.selectFrom('account').selectAll().execute();
    const sessions = await engine.db.selectFrom('session').selectAll().execute();
    expect(JSON.stringify([accounts, sessions])).not.toContain(password);
    expect(JSON.stringify([accounts, sessions])).not.toContain(token);
    expect(token).toMatch(/^[\w-]{43}$/);
  });

  test('is locked after three wrong passwords, the right one included, for a while', async () => {
    const { password } = await newAccount('khoa');
    const browser = http.browser();
    for (let i = 0; i < 3; i += 1) {
      expect((await browser.signIn('khoa', 'sai')).body.error.code).toBe('wrong_credentials');
    }
    expect(await browser.signIn('khoa', password)).toMatchObject({
      status: 423,
      body: { error: { code: 'locked_out', details: { until: clock.now + 60_000 } } },
    });
    clock.now += 60_001;
    expect((await browser.signIn('khoa', password)).status).toBe(200);
  });

  test('that is nobody’s is refused in the same words', async () => {
    const { body, status } = await http.browser().signIn('ai do', 'sai');
    expect([status, body]).toEqual([401, { error: { code: 'wrong_credentials' } }]);
  });

  test('ends its other sessions with its password, all of them when reset or disabled', async () => {
    const { id, password } = await newAccount('doi');
    const [here, there] = [http.browser(), http.browser()];
    await here.signIn('doi', password);
    await there.signIn('doi', password);
    const weak = await here.post('/api/password', { oldPassword: password, newPassword: 'ngắn' });
    expect(weak.body.error).toEqual({
      code: 'password_too_weak',
      details: { reason: 'too_short' },
    });
    await here.post('/api/password', { oldPassword: password, newPassword: 'sông Hồng mùa lũ' });
    expect((await here.get('/api/dialogues')).status).toBe(200);
    expect((await there.get('/api/dialogues')).status).toBe(401);

    const reset = await admin.post(`/api/accounts/${id}/reset-password`);
    expect((await here.get('/api/dialogues')).status).toBe(401);
    await here.signIn('doi', reset.body.password);
    await here.post('/api/password', {
      oldPassword: reset.body.password,
      newPassword: 'sông Hồng mùa cạn',
    });
    await admin.post(`/api/accounts/${id}/disable`);
    expect((await here.get('/api/dialogues')).status).toBe(401);
    expect((await here.signIn('doi', 'sông Hồng mùa cạn')).status).toBe(401);
    await admin.post(`/api/accounts/${id}/enable`);
    expect((await here.signIn('doi', 'sông Hồng mùa cạn')).status).toBe(200);
  });

  test('signs out for good', async () => {
    const { password } = await newAccount('ra');
    const browser = http.browser();
    await browser.signIn('ra', password);
    const cookie = browser.cookieHeader();
    await browser.post('/api/sign-out');
    expect(browser.cookies.size).toBe(0);
    expect((await browser.get('/api/dialogues', { headers: { cookie } })).status).toBe(401);
  });
});

describe('a hall’s computer', () => {
  let dialogue: TestDialogue;
  beforeEach(async () => {
    dialogue = await TestDialogue.open(engine.engine);
  });
  const path = () => `/api/dialogues/${dialogue.id}/pairing-codes`;

  test('is paired by a code, once, and is a device of that hall', async () => {
    const bridgePointId = await dialogue.hall(1);
    const issued = await admin.post(path(), { bridgePointId, deviceRole: 'moderator' });
    expect(issued.body.code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    const computer = http.browser();
    const typed = ` ${issued.body.code.toLowerCase().replace('-', ' ')}`;
    const paired = await computer.post('/api/pair', { code: typed });
    const principal = `device:${bridgePointId}`;
    expect(paired.body).toEqual({
      principal,
      dialogueId: dialogue.id,
      bridgePointId,
      role: 'moderator',
    });
    expect((await computer.get('/api/me')).body.principals).toMatchObject([
      { kind: 'device', principal, role: 'moderator', displayName: 'Điểm cầu 1' },
    ]);
    const again = await http.browser().post('/api/pair', { code: typed });
    expect(again).toMatchObject({ status: 404, body: { error: { code: 'code_unknown' } } });
  });

  test('has one code at a time, which ends after a week', async () => {
    const bridgePointId = await dialogue.hall(1);
    const issue = async () =>
      (await admin.post(path(), { bridgePointId, deviceRole: 'screen' })).body.code as string;
    const [first, second] = [await issue(), await issue()];
    expect((await http.browser().post('/api/pair', { code: first })).status).toBe(404);
    clock.now += 7 * 24 * 3_600_000;
    expect((await http.browser().post('/api/pair', { code: second })).status).toBe(404);
  });

  test('gets its code with those of all halls', async () => {
    const member = await http
      .browser()
      .enter({ kind: 'staff', accountId: (await newAccount(`tk-${Date.now()}`)).id });
    expect((await member.post(`${path()}/all`, { deviceRole: 'screen' })).status).toBe(403);
    const { body } = await admin.post(`${path()}/all`, { deviceRole: 'screen' });
    expect(body.map(({ bridgePointName }: { bridgePointName: string }) => bridgePointName)).toEqual(
      ['Điểm cầu 1', 'Điểm cầu 2', 'Điểm cầu 3'],
    );
  });

  const moderatorOf = async (hall: number) =>
    http.browser().enter({
      kind: 'device',
      dialogueId: dialogue.id,
      bridgePointId: await dialogue.hall(hall),
      deviceRole: 'moderator',
    });

  test('may issue codes for its own hall’s screen and nothing else', async () => {
    const [own, other] = [await dialogue.hall(1), await dialogue.hall(2)];
    const moderator = await moderatorOf(1);
    const issue = async (bridgePointId: string, deviceRole: string) =>
      (await moderator.post(path(), { bridgePointId, deviceRole })).status;
    expect(await issue(own, 'screen')).toBe(200);
    expect(await issue(own, 'moderator')).toBe(403);
    expect(await issue(other, 'screen')).toBe(403);
    expect((await moderator.post(`${path()}/all`, { deviceRole: 'screen' })).status).toBe(403);
  });

  test('that is taken out leaves no code of its hall behind, and those of others', async () => {
    const moderator = await moderatorOf(1);
    const codeFor = async (browser: Browser, hall: number) => {
      const bridgePointId = await dialogue.hall(hall);
      return (await browser.post(path(), { bridgePointId, deviceRole: 'screen' })).body.code;
    };
    const [own, others] = [await codeFor(moderator, 1), await codeFor(admin, 2)];
    const { body: listed } = await admin.get(`/api/dialogues/${dialogue.id}/sessions`);
    await admin.delete(`/api/dialogues/${dialogue.id}/sessions/${listed[0].id}`);
    expect((await http.browser().post('/api/pair', { code: own })).status).toBe(404);
    expect((await http.browser().post('/api/pair', { code: others })).status).toBe(200);
  });

  test('that signs out leaves its hall’s printed codes as they are', async () => {
    const moderator = await moderatorOf(1);
    const bridgePointId = await dialogue.hall(1);
    const { body } = await admin.post(path(), { bridgePointId, deviceRole: 'screen' });
    await moderator.post('/api/sign-out');
    expect((await http.browser().post('/api/pair', { code: body.code })).status).toBe(200);
  });

  test('that also shows the screen keeps its moderator’s session', async () => {
    const bridgePointId = await dialogue.hall(1);
    const computer = http.browser();
    for (const deviceRole of ['moderator', 'screen']) {
      const { body } = await admin.post(path(), { bridgePointId, deviceRole });
      await computer.post('/api/pair', { code: body.code });
    }
    const { body } = await computer.get('/api/me');
    expect(body.principals).toMatchObject([{ role: 'moderator' }]);
  });
});

describe('a participant', () => {
  let dialogue: TestDialogue;
  let code: string;
  beforeEach(async () => {
    dialogue = await TestDialogue.open(engine.engine);
    const hall = (await dialogue.state()).bridgePointsByCode.get('hall-1');
    code = hall!.joinCode;
  });

  test('sees where the code leads, joins, and is the same person at a retry', async () => {
    const phone = http.browser();
    expect((await phone.get(`/api/join/${code.toLowerCase()}`)).body).toMatchObject({
      dialogueId: dialogue.id,
      title: 'Đối thoại với nông dân',
      bridgePointName: 'Điểm cầu 1',
      district: 'Quận 1',
      namePolicy: 'optional',
      state: 'open',
      fields: ['Đất đai', 'Môi trường'],
    });
    const personId = randomUUID();
    const joined = await phone.post('/api/join', { code, name: ' Nguyễn Thị An ', personId });
    expect(joined.body).toMatchObject({
      principal: `person:${dialogue.id}`,
      personId,
      name: 'Nguyễn Thị An',
      already: false,
    });
    // The answer was lost with its cookie.
    const retry = await http.browser().post('/api/join', { code, personId });
    expect(retry.body).toMatchObject({ personId, name: 'Nguyễn Thị An', already: false });
    expect((await dialogue.state()).persons.size).toBe(1);

    const again = await phone.post('/api/join', { code, name: 'Khác', personId: randomUUID() });
    expect(again.body).toMatchObject({ personId, name: 'Nguyễn Thị An', already: true });
  });

  test('is not whoever knows a number long afterwards', async () => {
    const personId = randomUUID();
    await http.browser().post('/api/join', { code, personId });
    clock.now += 11 * 60_000;
    const late = await http.browser().post('/api/join', { code, personId });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'already_exists' } } });
  });

  test.each([
    ['required', null, { code: 'name_required' }],
    ['none', 'Nguyễn Thị An', null],
  ] as const)('where a name is %s', async (namePolicy, name, error) => {
    await dialogue.do(dialogue.secretary, 'dialogue.configure', { namePolicy });
    const answer = await http.browser().post('/api/join', { code, name, personId: randomUUID() });
    if (error) expect(answer.body.error).toMatchObject(error);
    else expect(answer.body).toMatchObject({ name: null });
  });

  test('cannot join by a code of nothing, nor when it is over', async () => {
    expect((await http.browser().get('/api/join/ZZZZZZZ')).body.error.code).toBe('code_unknown');
    await dialogue.do(dialogue.secretary, 'dialogue.start', {});
    await dialogue.do(dialogue.secretary, 'dialogue.end', {});
    const late = await http.browser().post('/api/join', { code, personId: randomUUID() });
    expect(late.body.error.code).toBe('dialogue_not_open');
  });
});

describe('sessions', () => {
  test('of a dialogue are listed and revoked there, and no others', async () => {
    const dialogue = await TestDialogue.open(engine.engine);
    const other = await TestDialogue.open(engine.engine);
    const subject = {
      kind: 'device',
      dialogueId: dialogue.id,
      bridgePointId: await dialogue.hall(1),
      deviceRole: 'screen',
    } as const;
    const screen = await http.browser().enter(subject);
    const { body: listed } = await admin.get(`/api/dialogues/${dialogue.id}/sessions`);
    expect(listed).toMatchObject([
      { kind: 'device', displayName: 'Điểm cầu 1', deviceRole: 'screen' },
    ]);
    const revoked: string[] = [];
    http.sessions.onRevoked((id) => revoked.push(id));
    const path = `/sessions/${listed[0].id}`;
    expect((await admin.delete(`/api/dialogues/${other.id}${path}`)).status).toBe(404);
    expect((await screen.get('/api/me')).body.principals).toHaveLength(1);
    expect((await admin.delete(`/api/dialogues/${dialogue.id}${path}`)).status).toBe(200);
    expect(revoked).toEqual([listed[0].id]);
    expect((await screen.get('/api/me')).body.principals).toEqual([]);
    expect(screen.cookies.size).toBe(0);
  });
});
