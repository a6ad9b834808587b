import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestEngine, settings, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';
import { checkRoutes, route } from '../../src/transport/http/route.ts';
import { allRoutes } from '../../src/transport/http/routes/index.ts';

let engine: TestEngine;
let http: HttpServer;
let admin: Browser;
let clientDir: string;

beforeAll(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'nhip-cau-client-'));
  await mkdir(join(clientDir, 'assets'));
  for (const page of ['desk', 'screen', 'phone']) {
    await writeFile(join(clientDir, `${page}.html`), `<title>${page}</title>`);
  }
  await writeFile(join(clientDir, 'assets', 'desk-1a2b.js'), 'export {};'.repeat(200));
  engine = await createTestEngine();
  http = await startHttp(engine, { withDemo: true, clientDir });
  admin = http.browser();
  await admin.get(http.demo!.links.find(({ role }) => role === 'admin')!.path);
  admin.principal = admin.tokens()[0]!.principal;
});
afterAll(async () => {
  await http.close();
  await engine.close();
  await rm(clientDir, { recursive: true });
});

describe('routes', () => {
  test('one that names no action does not start', () => {
    const nameless = route({
      method: 'get',
      path: '/api/x',
      action: 'nothing' as never,
      handle() {},
    });
    expect(() => checkRoutes([nameless])).toThrow('GET /api/x names no action');
    const forgotten = route({ method: 'post', path: '/api/y', handle() {} } as never);
    expect(() => checkRoutes([forgotten])).toThrow('POST /api/y names no action');
  });

  test('all but those of the door refuse who is not signed in', async () => {
    const doors = ['/api/me', '/api/sign-in', '/api/pair', '/api/join', '/api/join/:code'];
    const isForAll = (path: string) => /^\/api\/(forms|question-codes)\//.test(path);
    const routes = allRoutes({ demo: null } as never).filter(
      ({ path }) => !doors.includes(path) && !isForAll(path),
    );
    expect(routes.length).toBeGreaterThan(15);
    const stranger = http.browser();
    for (const { method, path } of routes) {
      const address = path.replace(/:\w+/g, randomUUID());
      const answer = await (method === 'get'
        ? stranger.get(address)
        : method === 'post'
          ? stranger.post(address, {})
          : stranger.delete(address));
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });
});

describe('a request', () => {
  const valid = () => ({ commandId: randomUUID(), dialogueId: randomUUID(), settings });

  test.each([
    ['another site', { origin: 'https://example.vn' }],
    ['no site', { origin: 'null' }],
    ['a longer name', { origin: 'http://127.0.0.1.example.vn' }],
  ])('from %s is refused before anything else', async (_name, headers) => {
    const answer = await admin.post('/api/dialogues', valid(), { headers });
    expect([answer.status, answer.body]).toEqual([403, { error: { code: 'origin_refused' } }]);
  });

  test('without an origin is refused', async () => {
    const answer = await fetch(`${http.url}/api/sign-out`, { method: 'POST' });
    expect(answer.status).toBe(403);
  });

  test('that meets no schema is told where, and nothing that it sent', async () => {
    const body = { ...valid(), settings: { ...settings, title: 7, secret: 'mật' } };
    const answer = await admin.post('/api/dialogues', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: 'invalid',
      details: {
        issues: [
          { path: 'settings.title', code: 'invalid_type' },
          { path: 'settings', code: 'unrecognized_keys' },
        ],
      },
    });
    expect(answer.text).not.toContain('mật');
  });

  test.each([
    ['a megabyte', JSON.stringify({ username: 'a'.repeat(1_000_000) }), {}, 413, 'too_large'],
    ['half a body', '{"username":', {}, 400, 'invalid'],
    [
      'a form',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_type',
    ],
    ['an unknown packing', '{}', { 'content-encoding': 'zip' }, 415, 'unsupported_type'],
  ])('of %s is refused by its name', async (_name, body, headers, status, code) => {
    const answer = await fetch(`${http.url}/api/sign-in`, {
      method: 'POST',
      headers: { origin: http.url, 'content-type': 'application/json', ...headers },
      body,
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  test('for nothing that exists is not found, a broken address is invalid', async () => {
    expect((await admin.get('/api/nothing')).body).toEqual({ error: { code: 'not_found' } });
    expect((await admin.get(`/api/dialogues/${randomUUID()}/record`)).status).toBe(404);
    expect((await admin.get('/api/dialogues/x/record')).status).toBe(404);
    expect((await admin.get('/api/join/%E0%A4%A')).status).toBe(400);
  });

  test('that fails unforeseen tells a number and no more', async () => {
    const broken = await startHttp(engine);
    const browser = await broken.browser().enter({ kind: 'staff', accountId: await adminId() });
    broken.accounts.list = () => Promise.reject(new Error('relation "account" is secret'));
    const answer = await browser.get('/api/accounts');
    expect([answer.status, answer.body]).toEqual([500, { error: { code: 'internal' } }]);
    expect(broken.logged).toHaveLength(1);
    expect(JSON.parse(broken.logged[0]!)).toMatchObject({
      requestId: answer.headers.get('x-request-id'),
      route: '/api/accounts',
    });
    await broken.close();
  });

  test('of another principal than its cookie proves is nobody’s', async () => {
    const answer = await admin.get('/api/accounts', { as: `staff:${randomUUID()}` });
    expect(answer.status).toBe(401);
    expect((await admin.get('/api/accounts', { as: undefined })).status).toBe(401);
    const inQuery = `/api/accounts?principal=${admin.principal}`;
    expect((await admin.get(inQuery, { as: undefined })).status).toBe(200);
  });

  test('that guesses is stopped', async () => {
    const own = await startHttp(engine);
    const statuses = [];
    for (let i = 0; i < 35; i += 1) {
      statuses.push((await own.browser().post('/api/pair', { code: 'ABCDEFGH' })).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404));
    expect(statuses.slice(30)).toEqual(Array(5).fill(429));
    let status = 404;
    for (let i = 0; status === 404 && i < 1_001; i += 1) {
      status = (await own.browser().get(`/api/join/ABCD${i}`)).status;
    }
    expect(status).toBe(429);
    await own.close();
  });
});

describe('another dialogue', () => {
  let dialogue: TestDialogue;
  beforeEach(async () => {
    dialogue = await TestDialogue.open(engine.engine);
  });

  test('is closed to a member of this one, and to a hall’s computer', async () => {
    const accountId = randomUUID();
    const input = { accountId, username: `tk-${accountId.slice(0, 8)}`, displayName: 'Thư ký' };
    await admin.post('/api/accounts', { ...input, isAdmin: false });
    await engine.db
      .updateTable('account')
      .set({ mustChangePassword: false })
      .where('id', '=', accountId)
      .execute();
    const member = await http.browser().enter({ kind: 'staff', accountId });
    await dialogue.do((await dialogueAdmin()) as never, 'member.assign', {
      accountId,
      role: 'secretary',
    });
    const other = await TestDialogue.open(engine.engine);
    expect((await member.get(`/api/dialogues/${dialogue.id}/record`)).status).toBe(200);
    expect((await member.get(`/api/dialogues/${other.id}/record`)).status).toBe(403);
    expect((await member.get(`/api/dialogues/${other.id}/sessions`)).status).toBe(403);
    expect((await member.get('/api/accounts')).status).toBe(403);
    expect((await member.get('/api/dialogues')).body).toMatchObject([
      { id: dialogue.id, roles: ['secretary'], bridgePoints: 3, state: 'open' },
    ]);
    const screen = await http.browser().enter({
      kind: 'device',
      dialogueId: dialogue.id,
      bridgePointId: await dialogue.hall(1),
      deviceRole: 'screen',
    });
    expect((await screen.get(`/api/dialogues/${dialogue.id}/record`)).status).toBe(403);
    expect((await screen.get(`/api/dialogues/${other.id}/sessions`)).status).toBe(403);
  });

  test('is made by an admin, once for one command', async () => {
    const body = { commandId: randomUUID(), dialogueId: randomUUID(), settings };
    const first = await admin.post('/api/dialogues', body);
    expect(first.status).toBe(200);
    expect((await admin.post('/api/dialogues', body)).body).toEqual(first.body);
    const again = await admin.post('/api/dialogues', { ...body, commandId: randomUUID() });
    expect(again.body.error.code).toBe('already_exists');
    const { body: choices } = await admin.get(`/api/dialogues/${body.dialogueId}/member-choices`);
    expect(choices).toContainEqual(expect.objectContaining({ username: 'chu-tri', roles: [] }));
  });
});

describe('pages and health', () => {
  test.each([
    ['/desk/', 'desk'],
    ['/desk/dialogues/x/host', 'desk'],
    ['/screen', 'screen'],
    ['/j/ABCDEFG', 'phone'],
    ['/phone', 'phone'],
  ])('%s is the %s page, never from a cache', async (path, page) => {
    const answer = await http.browser().get(path);
    expect(answer.text).toBe(`<title>${page}</title>`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
  });

  test.each([
    ['/', '/desk/'],
    ['/pair', '/desk/pair'],
    ['/hall/abc?as=device%3Aabc', '/desk/hall/abc?as=device%3Aabc'],
  ])('%s leads to %s', async (path, location) => {
    const answer = await http.browser().get(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, location]);
  });

  test('an asset comes compressed and for good; what is none is not there', async () => {
    const answer = await fetch(`${http.url}/assets/desk-1a2b.js`, {
      headers: { 'accept-encoding': 'gzip, deflate, br' },
    });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(await answer.text()).toBe('export {};'.repeat(200));
    for (const path of ['/assets/none.js', '/assets/..%2Fdesk.html', '/assets/', '/etc/passwd']) {
      expect([path, (await http.browser().get(path)).status]).toEqual([path, 404]);
    }
  });

  test('health, and plain words while the client is not built', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await http.browser().get(path)).status).toBe(200);
    }
    const bare = await startHttp(engine);
    const answer = await bare.browser().get('/desk/');
    expect([answer.status, answer.text]).toEqual([
      503,
      'The client is not built: run "npm run build".\n',
    ]);
    await bare.close();
  });
});

describe('the demonstration', () => {
  test('has a link for every role that signs in and leads to its page', async () => {
    const links = http.demo!.links;
    const roles = links.map(({ role }) => role);
    expect(roles.slice(0, 3)).toEqual(['admin', 'host', 'secretary']);
    for (const role of ['moderator', 'screen', 'participant']) {
      expect(roles.filter((other) => other === role)).toHaveLength(6);
    }
    const browser = http.browser();
    for (const { role, path } of links) {
      const answer = await browser.get(path);
      expect([role, answer.status]).toEqual([role, 302]);
      const location = answer.headers.get('location')!;
      if (role === 'participant') {
        const invitation = await browser.get(location.replace('/j/', '/api/join/'));
        expect(invitation.body).toMatchObject({ state: 'open' });
      } else {
        expect(location).toMatch(/^\/(desk|screen)/);
      }
    }
    const { principals } = (await browser.get('/api/me')).body;
    expect(principals).toHaveLength(9);
  });

  test('shows questions in every state before the call, attendance, and no second time', async () => {
    const { body } = await admin.get('/api/dialogues');
    const demo = body.find(({ bridgePoints }: { bridgePoints: number }) => bridgePoints === 6);
    const record = (await admin.get(`/api/dialogues/${demo.id}/record`)).body;
    expect(record.attendance).toEqual({
      expected: 165,
      headcount: 133,
      joined: 0,
      hallsReported: 5,
    });
    expect(record.questions).toHaveLength(9);
    const second = await startHttp(engine, { withDemo: true });
    expect((await admin.get(`/api/dialogues/${demo.id}/record`)).body.seq).toBe(record.seq);
    expect(second.demo!.links).toHaveLength(21);
    await second.close();
  });

  test.each(['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Real-IP', 'Forwarded', 'Via'])(
    'signs nobody in who comes through a proxy, as %s tells',
    async (name) => {
      const stranger = http.browser();
      const { path } = http.demo!.links[0]!;
      const answer = await stranger.get(path, { headers: { [name]: '203.0.113.7' } });
      expect([answer.status, stranger.cookies.size]).toEqual([404, 0]);
    },
  );

  test('a link that is none leads nowhere, and somebody’s own database gets none', async () => {
    expect((await http.browser().get('/demo/abc')).status).toBe(404);
    const own = await createTestEngine();
    const theirs = await startHttp(own);
    await theirs.accounts.ensureFirstAdmin();
    await theirs.close();
    const later = await startHttp(own, { withDemo: true });
    expect(later.demo).toBeNull();
    await later.close();
    await own.close();
  });
});

async function adminId(): Promise<string> {
  const accounts = await http.accounts.list();
  return accounts.find(({ username }) => username === 'admin')!.id;
}

async function dialogueAdmin() {
  const session = await http.sessions.authenticate(
    admin.principal as never,
    admin.tokens()[0]!.token,
  );
  return session?.actor ?? null;
}
