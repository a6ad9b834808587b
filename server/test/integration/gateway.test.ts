import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { startGateway } from '../support/gateway.ts';

let engine: TestEngine;
let dialogue: TestDialogue;
let live: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  engine = await createTestEngine();
  dialogue = await TestDialogue.open(engine.engine);
});

afterAll(() => engine.close());

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  live = await startGateway(engine, dialogue);
});

afterEach(async () => {
  await live.close();
  vi.useRealTimers();
});

const moderatorSession = async () =>
  live.enter({
    kind: 'device',
    dialogueId: dialogue.id,
    bridgePointId: await dialogue.hall(1),
    deviceRole: 'moderator',
  });

describe('a session that ends', () => {
  it('during its socket’s handshake lets nobody in', async () => {
    const session = await moderatorSession();
    const { reached, release } = live.holdReads();
    const refused = expect(live.connect(session)).rejects.toMatchObject({
      data: { code: 'not_signed_in' },
    });
    await reached;
    await live.sessions.revoke({ sessionId: session.sessionId });
    release();
    await refused;
    expect(live.gateway.size).toBe(0);
  });

  it('by its time takes its sockets with it within a minute', async () => {
    const client = await live.connect(await moderatorSession());
    const revoked = new Promise((resolve) => client.socket.once('revoked', resolve));
    live.clock.now += 3_600_000;
    vi.advanceTimersByTime(60_000);
    await revoked;
    await client.closed();
  });

  it('later than was known, because it was used meanwhile, keeps them', async () => {
    const session = await moderatorSession();
    const client = await live.connect(session);
    live.clock.now += 1_800_000;
    const token = session.cookie.split('=')[1]!;
    const used = await live.sessions.authenticate(session.principal, token);
    expect(used?.expiresAt).toBe(live.clock.now + 3_600_000);
    live.clock.now += 1_800_000;
    vi.advanceTimersByTime(60_000);
    expect(await client.sync()).toMatchObject({ ok: true });
    expect(client.socket.connected).toBe(true);
    client.close();
  });
});

describe('a client that asks for more than it is given', () => {
  /** A WebSocket without the library's manners, once Engine.IO has opened it. */
  async function plainSocket(cookie: string) {
    const url = `${live.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { headers: { cookie } } as never);
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
    await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
    return { socket, closed };
  }

  it('introduces itself once a connection', async () => {
    const { principal, cookie } = await moderatorSession();
    const asked = vi.spyOn(live.sessions, 'authenticate');
    const introduction = `40${JSON.stringify({ principal, dialogueId: dialogue.id })}`;
    const pipelined = await plainSocket(cookie);
    for (let count = 0; count < 50; count += 1) pipelined.socket.send(introduction);
    await pipelined.closed;
    expect(asked).toHaveBeenCalledTimes(1);

    const returning = await plainSocket(cookie);
    returning.socket.send(introduction);
    await expect.poll(() => live.gateway.size).toBe(1);
    for (const packet of ['41', introduction]) returning.socket.send(packet);
    await returning.closed;
    expect(asked).toHaveBeenCalledTimes(2);
    await expect.poll(() => live.gateway.size).toBe(0);
  });

  it('is refused for a while, and then no longer answered', async () => {
    const client = await live.connect(await moderatorSession());
    const refused = vi.fn();
    client.socket.on('refused', refused);
    for (let count = 0; count < 4_000; count += 1) client.socket.emit('command', {});
    await client.closed();
    expect(live.gateway.size).toBe(0);
    expect(refused.mock.calls.length).toBeLessThanOrEqual(3_000);
    await expect(live.connect(await moderatorSession())).resolves.toBeDefined();
  });
});
