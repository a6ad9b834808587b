import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { findChainFault } from '../../src/dialogue/kernel/chain.ts';
import { createJournal } from '../../src/store/journal.ts';
import { startTestApp } from '../support/app.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startServerProcess } from '../support/server-process.ts';
import { SocketClient } from '../support/socket-client.ts';

/** Resolves when the page is told that so many halls are connected. */
async function connected(client: SocketClient, halls: number): Promise<void> {
  await new Promise<void>((resolve) => {
    client.socket.on('signal', ({ name, value }: SignalMessage) => {
      if (name === 'connected' && value.bridgePoints === halls) resolve();
    });
  });
}

/** The state of a question or turn, as far as a delivery tells it. */
function stateIn({ puts }: Delivery, id: string): string | undefined {
  return (puts.find((put) => put.id === id)?.value as { state?: string } | undefined)?.state;
}

async function setUp() {
  const redis = await startRedis();
  const test = await startTestApp({ REDIS_URL: redis.url });
  return {
    redis,
    test,
    async question(at: SocketClient, bridgePointId: string) {
      const questionId = randomUUID();
      const outcome = await at.send('question.ask', {
        questionId,
        bridgePointId,
        text: 'Bao giờ làm đường?',
        field: null,
        nameVisibility: 'hall',
      });
      return { questionId, outcome };
    },
  };
}

describe('two nodes', () => {
  let redis: TestRedis;
  let setting: Awaited<ReturnType<typeof setUp>>;
  let test: Awaited<ReturnType<typeof setUp>>['test'];
  let one: App;
  let other: App;

  beforeAll(async () => {
    setting = await setUp();
    ({ redis, test } = setting);
    [one, other] = await Promise.all([test.start(), test.start()]);
  });

  afterAll(async () => {
    await one.close();
    await other.close();
    await test.close();
    await redis.kill();
  });

  it('carry one dialogue: asked at the one, called at the other, on air at the one', async () => {
    const hall = await test.moderatorSubject(1);
    const person = await test.personSubject(1);
    const [moderator, asker] = [
      await test.connectAs(one.url, hall),
      await test.connectAs(one.url, person),
    ];
    const secretary = await test.connectAs(other.url, test.secretarySubject);
    for (const client of [moderator, asker, secretary]) expect((await client.sync()).ok).toBe(true);

    const { questionId, outcome } = await setting.question(asker, hall.bridgePointId);
    expect(outcome.ok).toBe(true);
    await moderator.heard(({ puts }) => puts.some(({ id }) => id === questionId));
    expect((await moderator.send('question.forward', { questionId })).ok).toBe(true);
    await secretary.heard(({ audience, puts }) => {
      return audience === 'desk' && puts.some(({ id }) => id === questionId);
    });
    for (const [name, payload] of [
      ['question.accept', { questionId }],
      ['dialogue.start', {}],
      ['floor.call', { questionId }],
    ] as const) {
      expect(await secretary.send(name, payload as never)).toMatchObject({ ok: true });
    }
    await moderator.heard((delivery) => stateIn(delivery, questionId) === 'onAir');
    for (const client of [moderator, asker, secretary]) client.close();
  });

  it('show the desk the halls of both, and end a session at both', async () => {
    const [first, second] = [await test.moderatorSubject(2), await test.moderatorSubject(3)];
    const secretary = await test.connectAs(other.url, test.secretarySubject);
    const both = connected(secretary, 2);
    await secretary.sync();
    const session = await test.enter(first);
    const here = await SocketClient.connect(one.url, { ...session, dialogueId: test.dialogue.id });
    const there = await test.connectAs(other.url, second);
    await both;

    // The same hall's session, at the other node, and ended there.
    const again = await SocketClient.connect(other.url, {
      ...session,
      dialogueId: test.dialogue.id,
    });
    const fewer = connected(secretary, 1);
    const response = await fetch(`${other.url}/api/sign-out`, {
      method: 'POST',
      headers: {
        cookie: session.cookie,
        origin: other.url,
        'x-principal': session.principal,
      },
    });
    expect(response.status).toBe(200);
    await Promise.all([here.closed(), again.closed(), fewer]);
    there.close();
    secretary.close();
  });

  it('count requests together', async () => {
    const guess = (url: string) => fetch(`${url}/api/join/KHONGCO${Math.random()}`);
    const statuses = new Set<number>();
    for (let tries = 0; tries < 2_000 && !statuses.has(429); tries += 1) {
      statuses.add((await guess(one.url)).status);
    }
    expect(statuses).toContain(429);
    expect((await guess(other.url)).status).toBe(429);
  });

  it('go on without Redis, and hear each other again when it is back', async () => {
    const hall = await test.moderatorSubject(1);
    const person = await test.personSubject(1);
    const moderator = await test.connectAs(one.url, hall);
    const asker = await test.connectAs(other.url, person);
    await moderator.sync();
    await asker.sync();
    await redis.kill();
    const asked = await setting.question(asker, hall.bridgePointId);
    expect(asked.outcome.ok).toBe(true);
    // The database is looked at instead.
    await moderator.heard(({ puts }) => puts.some(({ id }) => id === asked.questionId));
    expect(
      await moderator.send('question.forward', { questionId: asked.questionId }),
    ).toMatchObject({ ok: true });
    await redis.start();
    const next = await setting.question(asker, hall.bridgePointId);
    expect(next.outcome.ok).toBe(true);
    await moderator.heard(({ puts }) => puts.some(({ id }) => id === next.questionId));
    moderator.close();
    asker.close();
  });
});

describe('a node that leaves', () => {
  it('sends its people to others, lets nobody in, and ends', async () => {
    const { redis, test } = await setUp();
    const [leaving, staying] = await Promise.all([test.start(), test.start()]);
    try {
      const hall = await test.moderatorSubject(1);
      const moderator = await test.connectAs(leaving.url, hall);
      const cursors = new Map<string, number>();
      const first = await moderator.sync();
      if (first.ok) for (const { audience, seq } of first.audiences) cursors.set(audience, seq);
      const told = new Promise<{ withinMs: number }>((resolve) => {
        moderator.socket.on('moving', resolve);
      });
      const left = leaving.leave(60_000);
      expect((await told).withinMs).toBeGreaterThan(0);
      expect((await fetch(`${leaving.url}/readyz`)).status).toBe(503);
      await expect(test.connectAs(leaving.url, hall)).rejects.toThrow();
      // Who is still here is served.
      const report = { bridgePointId: hall.bridgePointId, headcount: 24 };
      expect(await moderator.send('attendance.report', report)).toMatchObject({ ok: true });
      moderator.close();
      await left;
      const moved = await test.connectAs(staying.url, hall);
      const answer = await moved.sync(Object.fromEntries(cursors));
      expect(answer.ok).toBe(true);
      moved.close();
    } finally {
      await leaving.close();
      await staying.close();
      await test.close();
      await redis.kill();
    }
  });

  it('ends its process by SIGUSR2', async () => {
    const { redis, test } = await setUp();
    const server = await startServerProcess(test.settings);
    const exited = once(server.child, 'exit');
    server.child.kill('SIGUSR2');
    expect((await exited)[0]).toBe(0);
    await test.close();
    await redis.kill();
  });
});

describe('a node that is killed', () => {
  it('leaves nothing behind that the other does not know, and its watch passes on', async () => {
    const { redis, test, question } = await setUp();
    const [victim, survivor] = [
      await startServerProcess(test.settings),
      await startServerProcess(test.settings),
    ];
    try {
      const { dialogue } = test;
      const hall = await test.moderatorSubject(1);
      const person = await test.personSubject(1);
      // The first one to know the dialogue is its home.
      const host = await test.connectAs(victim.url, {
        kind: 'staff',
        accountId: dialogue.host.accountId,
      });
      await host.sync();
      const asker = await test.connectAs(victim.url, person);
      const secretary = await test.connectAs(survivor.url, test.secretarySubject);
      await secretary.sync();
      const { questionId } = await question(asker, hall.bridgePointId);
      const atHall = await test.connectAs(survivor.url, hall);
      await atHall.sync();
      expect(await atHall.send('question.forward', { questionId })).toMatchObject({ ok: true });
      expect(await secretary.send('question.accept', { questionId })).toMatchObject({ ok: true });
      expect(await secretary.send('dialogue.start', {})).toMatchObject({ ok: true });
      expect(await host.send('floor.call', { questionId })).toMatchObject({ ok: true });
      await atHall.heard((delivery) => stateIn(delivery, questionId) === 'onAir');

      const acknowledged: number[] = [];
      let isKilled = false;
      const writing = (async () => {
        for (let line = 0; !isKilled; line += 1) {
          const outcome = await secretary.send('transcript.add', {
            lineId: randomUUID(),
            text: `Dòng ${line}`,
            speaker: 'turn',
          });
          if (outcome.ok) acknowledged.push(outcome.seq);
          if (line === 20) {
            await victim.kill();
            isKilled = true;
          }
        }
      })();
      await writing;
      // The survivor commits as before.
      const after = await secretary.send('transcript.add', {
        lineId: randomUUID(),
        text: 'Sau đó',
        speaker: 'turn',
      });
      expect(after).toMatchObject({ ok: true });
      // It watches over the dialogue now: the hall on air goes, and its turn is held.
      atHall.close();
      await secretary.heard(({ puts }) =>
        puts.some(({ collection, value }) => {
          return collection === 'turn' && (value as { state: string }).state === 'held';
        }),
      );
      const log = await createJournal(test.db).read(dialogue.id, 0);
      expect(findChainFault(log)).toBeNull();
      const written = new Set(log.map(({ seq }) => seq));
      expect(acknowledged.filter((seq) => !written.has(seq))).toEqual([]);
      secretary.close();
    } finally {
      await victim.kill();
      expect(await survivor.stop()).toBe(0);
      await test.close();
      await redis.kill();
    }
  }, 120_000);
});
