import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { accountStore } from '../../src/store/accounts.ts';
import { startTestApp } from '../support/app.ts';
import { admin } from '../support/dialogue.ts';
import { SocketClient } from '../support/socket-client.ts';

let server: Awaited<ReturnType<typeof startTestApp>>;
let app: App;
const manager = randomUUID();
const [newcomer, dismissed, forgetful] = [randomUUID(), randomUUID(), randomUUID()];

beforeAll(async () => {
  server = await startTestApp();
  for (const id of [manager, newcomer, dismissed, forgetful]) {
    await accountStore(server.db).insert({
      id,
      username: id,
      displayName: 'Lê Thu Hà',
      passwordHash: '',
      isAdmin: id === manager,
      mustChangePassword: id === newcomer,
      failures: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: 0,
    });
    if (id === manager) continue;
    await server.dialogue.do(admin, 'member.assign', { accountId: id, role: 'secretary' });
  }
  app = await server.start();
});
afterAll(async () => {
  await app.close();
  await server.close();
});

const connect = (accountId: string) => server.connectAs(app.url, { kind: 'staff', accountId });

describe('the socket of an account', () => {
  test('that must change its password is not opened', async () => {
    await expect(connect(newcomer)).rejects.toMatchObject({ data: { code: 'not_signed_in' } });
  });

  test.each([
    ['disable', dismissed],
    ['reset-password', forgetful],
  ])('ends at once by %s', async (action, accountId) => {
    const { cookie, principal, sessionId } = await server.enter({ kind: 'staff', accountId });
    const desk = await SocketClient.connect(app.url, {
      cookie,
      principal,
      dialogueId: server.dialogue.id,
    });
    expect(await desk.sync()).toMatchObject({ ok: true });
    const revoked = new Promise((resolve) => desk.socket.once('revoked', resolve));
    const by = await server.enter({ kind: 'staff', accountId: manager });
    const answer = await fetch(`${app.url}/api/accounts/${accountId}/${action}`, {
      method: 'POST',
      headers: { cookie: by.cookie, 'x-principal': by.principal, origin: app.url },
    });
    expect(answer.status).toBe(200);
    await revoked;
    await desk.closed();
    const { revokedAt } = await server.db
      .selectFrom('session')
      .select('revokedAt')
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow();
    expect(revokedAt).not.toBeNull();
    await expect(connect(accountId)).rejects.toMatchObject({ data: { code: 'not_signed_in' } });
  });
});
