import { describe, expect, test, vi } from 'vitest';
import { grouped } from './codes.ts';
import { joinCommandId } from './joining.ts';
import { countAttempt } from './lock-out.ts';
import { hashPassword, newPassword, passwordFault, verifyPassword } from './passwords.ts';
import {
  type LiveSession,
  type NewSession,
  type SeenSession,
  SessionService,
  type SessionStore,
  type SessionSubject,
} from './sessions.ts';

describe('a password that somebody chose', () => {
  test.each([
    ['ngắn', 'too_short'],
    ['123456789', 'too_short'],
    ['Thu.Ky-2026!', 'like_username'],
    ['Mật khẩu 1234', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['1212121212', 'common'],
    ['cây cầu bắc qua sông', null],
    [newPassword(), null],
  ])('%s is %s', (password, fault) => {
    expect(passwordFault(password, 'thu.ky')).toBe(fault);
  });

  test('is kept as argon2id with the recommended cost, and nobody’s never matches', async () => {
    const hash = await hashPassword('cây cầu');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(hash, 'cây cầu')).toBe(true);
    expect(await verifyPassword(hash, 'cay cau')).toBe(false);
    expect(await verifyPassword(null, 'cây cầu')).toBe(false);
  });
});

describe('lock-out after three failures', () => {
  const policy = { maxFailures: 3, lockMs: 100 };
  test.each([
    ['the first', { failures: 0, lockedUntil: null }, { failures: 1, lockedUntil: null }],
    ['the last allowed', { failures: 2, lockedUntil: null }, { failures: 3, lockedUntil: 1_100 }],
    ['while locked', { failures: 3, lockedUntil: 1_001 }, null],
    ['after the lock', { failures: 3, lockedUntil: 1_000 }, { failures: 1, lockedUntil: null }],
  ])('%s', (_name, state, next) => {
    expect(countAttempt(state, 1_000, policy)).toEqual(next);
  });
});

test('a code is printed in groups of four', () => {
  expect(grouped('ABCDEFGH')).toBe('ABCD-EFGH');
});

test('the same phone’s join has the same command number, another’s has another', () => {
  const id = joinCommandId('d', 'p');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(joinCommandId('d', 'p')).toBe(id);
  expect(joinCommandId('d', 'q')).not.toBe(id);
});

describe('a session', () => {
  const subject: SessionSubject = { kind: 'staff', accountId: 'a' };

  test('is looked up once, holds while it is used, and ends by itself', async () => {
    const { service, store, clock } = setUp();
    const { token } = await service.create(subject, 'test');
    for (let i = 0; i < 50; i += 1) await service.authenticate('staff:a', token);
    expect(store.finds).toBe(1);
    clock.now += 50 * 60_000;
    expect(await service.authenticate('staff:a', token)).toMatchObject({
      actor: { accountId: 'a' },
    });
    clock.now += 50 * 60_000;
    expect(await service.authenticate('staff:a', token)).not.toBeNull();
    clock.now += 61 * 60_000;
    expect(await service.authenticate('staff:a', token)).toBeNull();
  });

  test('speaks only for its own principal, and only with its own token', async () => {
    const { service } = setUp();
    const { token } = await service.create(subject, 'test');
    expect(await service.authenticate('staff:b', token)).toBeNull();
    expect(await service.authenticate('device:a', token)).toBeNull();
    expect(await service.authenticate('staff:a', `${token}x`)).toBeNull();
  });

  test('is looked for with all others at once, and not at all by what is no token', async () => {
    const { service, store } = setUp();
    const { id, token } = await service.create(subject, 'test');
    const unknown = Array.from({ length: 19 }, (_, i) => ({
      principal: `staff:${i}` as const,
      token: String(i).padStart(43, 'x'),
    }));
    const found = await service.findAll([...unknown, { principal: 'staff:a', token }]);
    expect(found.map((session) => session?.id ?? null)).toEqual([...Array(19).fill(null), id]);
    expect(store.finds).toBe(1);
    for (const text of ['', 'x', 'x'.repeat(44), `${'x'.repeat(42)}\n`]) {
      expect(await service.find('staff:b', text)).toBeNull();
    }
    expect(store.finds).toBe(1);
  });

  test('that is revoked ends at once, even under a look-up, and is told once', async () => {
    const { service } = setUp();
    const told: string[] = [];
    service.onRevoked((id) => told.push(id));
    const { id, token } = await service.create(subject, 'test');
    const underWay = service.authenticate('staff:a', token);
    await service.revoke({ sessionId: id });
    expect(await underWay).toBeNull();
    expect(await service.authenticate('staff:a', token)).toBeNull();
    expect(await service.revoke({ sessionId: id })).toBe(0);
    expect(told).toEqual([id]);
  });

  test('of a crowd that comes at once are looked up and marked together', async () => {
    const { service, store, clock } = setUp();
    const tokens: string[] = [];
    for (let count = 0; count < 100; count += 1) {
      tokens.push((await service.create(subject, 'test')).token);
    }
    clock.now += 10 * 60_000;
    const found = await Promise.all(tokens.map((token) => service.authenticate('staff:a', token)));
    expect(found.filter((one) => one !== null)).toHaveLength(100);
    expect(store.finds).toBeLessThanOrEqual(2);
    expect(store.marks).toBeLessThanOrEqual(2);
  });

  test('of an open socket stays known without being prolonged, so that it comes back unasked', async () => {
    const { service, store, clock } = setUp();
    const { id, token } = await service.create(subject, 'test');
    const first = await service.authenticate('staff:a', token);
    for (let minute = 0; minute < 4; minute += 1) {
      clock.now += 60_000;
      expect(await service.refresh([id, 'unknown'])).toEqual(new Map([[id, first!.expiresAt]]));
    }
    clock.now += 120_000;
    const asked = store.finds;
    expect(await service.authenticate('staff:a', token)).not.toBeNull();
    expect(store.finds).toBe(asked);
    await service.revoke({ sessionId: id });
    expect(await service.refresh([id])).toEqual(new Map());
    expect(await service.authenticate('staff:a', token)).toBeNull();
  });

  test('of an account that must change its password is nobody’s yet', async () => {
    const { service, store } = setUp();
    store.mustChangePassword = true;
    const { token } = await service.create(subject, 'test');
    expect(await service.find('staff:a', token)).toMatchObject({ mustChangePassword: true });
    expect(await service.authenticate('staff:a', token)).toBeNull();
  });

  test('holds also when it cannot be written that it is used, and that is tried again', async () => {
    const { service, store, clock, errors } = setUp();
    const { token } = await service.create(subject, 'test');
    const first = await service.authenticate('staff:a', token);
    clock.now += 6 * 60_000;
    store.isMarkFailing = true;
    expect(await service.authenticate('staff:a', token)).toEqual(first);
    expect(errors).toHaveLength(1);
    store.isMarkFailing = false;
    expect(await service.authenticate('staff:a', token)).toEqual({
      ...first,
      expiresAt: clock.now + 3_600_000,
    });
    expect(store.sessions[0]).toMatchObject({ lastSeenAt: clock.now });
    expect(store.marks).toBe(2);
  });

  test('of a changed account is read anew, also when a look-up was under way', async () => {
    const { service, store } = setUp();
    store.mustChangePassword = true;
    const { id, token } = await service.create(subject, 'test');
    for (const lookUp of [
      () => service.authenticate('staff:a', token),
      () => service.refresh([id]),
    ]) {
      store.mustChangePassword = true;
      service.forget('a');
      const { promise, resolve } = Promise.withResolvers<void>();
      store.answering = promise;
      const { finds } = store;
      const underWay = lookUp();
      await vi.waitUntil(() => store.finds > finds, { interval: 1 });
      store.mustChangePassword = false;
      service.forget('a');
      resolve();
      await underWay;
      expect(await service.authenticate('staff:a', token)).not.toBeNull();
    }
  });
});

function setUp() {
  const clock = { now: 1_000_000 };
  const store = new MemorySessions();
  const hours = { staffHours: 1, deviceHours: 1, participantHours: 1 };
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const service = new SessionService({ store, hours, now: () => clock.now, onError });
  return { clock, store, errors, service };
}

class MemorySessions implements SessionStore {
  sessions: (NewSession & { lastSeenAt: number })[] = [];
  finds = 0;
  marks = 0;
  mustChangePassword = false;
  isMarkFailing = false;
  /** What was read is answered once this resolves. */
  answering: Promise<void> = Promise.resolve();

  async insert(sessions: readonly NewSession[]) {
    this.sessions.push(
      ...sessions.map((session) => ({ ...session, lastSeenAt: session.createdAt })),
    );
  }
  async find(tokenHashes: readonly string[]) {
    this.finds += 1;
    const { mustChangePassword } = this;
    const shown = { displayName: 'A', isAdmin: false, mustChangePassword };
    const found = new Map<string, LiveSession>(
      this.sessions
        .filter(({ tokenHash }) => tokenHashes.includes(tokenHash))
        .map((session) => [session.tokenHash, { ...session, ...shown }]),
    );
    await this.answering;
    return found;
  }
  async findById(ids: readonly string[]) {
    return this.find(
      this.sessions.filter(({ id }) => ids.includes(id)).map(({ tokenHash }) => tokenHash),
    );
  }
  async markSeen(seen: readonly SeenSession[]) {
    this.marks += 1;
    if (this.isMarkFailing) throw new Error('connection lost');
    for (const one of seen) {
      Object.assign(
        this.sessions.find(({ id }) => id === one.id)!,
        one,
      );
    }
  }
  async list() {
    return [];
  }
  async revoke(filter: { sessionId: string } | { accountId: string }) {
    const ended = this.sessions.filter(
      ({ id }) => 'sessionId' in filter && id === filter.sessionId,
    );
    this.sessions = this.sessions.filter((session) => !ended.includes(session));
    return ended;
  }
}
