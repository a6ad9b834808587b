import { randomUUID } from 'node:crypto';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LightClient } from '../../load/light-client.ts';
import { Engine } from '../../src/dialogue/kernel/executor.ts';
import type { Outlet } from '../../src/dialogue/kernel/ports.ts';
import { createJournal } from '../../src/store/journal.ts';
import { createReplica } from '../../load/replica.ts';
import { TextSocket } from '../../load/text-socket.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { startGateway } from '../support/gateway.ts';

let engine: TestEngine;
let dialogue: TestDialogue;
let live: Awaited<ReturnType<typeof startGateway>>;

let outlet: Outlet | undefined;

beforeAll(async () => {
  const beside = await createTestEngine();
  const connected = new Engine({
    journal: createJournal(beside.db),
    outlet: { deliver: (deliveries) => outlet?.deliver(deliveries) },
    onError: (error) => beside.errors.push(error),
  });
  engine = { ...beside, engine: connected };
  dialogue = await TestDialogue.open(connected);
  await dialogue.do(dialogue.host, 'dialogue.start', {});
});

afterAll(async () => {
  await engine.engine.close();
  await engine.close();
});

beforeEach(async () => {
  live = await startGateway(engine, dialogue);
  outlet = live.gateway;
});

afterEach(() => live.close());

const personSession = async () => {
  const { personId, bridgePointId } = await dialogue.joined(1);
  return live.enter({ kind: 'person', dialogueId: dialogue.id, personId, bridgePointId });
};

const connect = async (session: Awaited<ReturnType<typeof personSession>>) =>
  LightClient.connect({ url: live.url, ...session, dialogueId: dialogue.id });

const say = (text: string) =>
  dialogue.do(dialogue.secretary, 'transcript.add', {
    lineId: randomUUID(),
    text,
    speaker: 'host',
  });

/** A page's copy of the boards, which asks again when something is missing. */
function follow(client: LightClient) {
  const { replica, boards } = createReplica();
  let gaps = 0;
  const sync = async () => {
    replica.beginSync();
    const answer = await client.sync(replica.cursors());
    if (!answer.ok) throw new Error(answer.error.code);
    if (replica.handleSynced(answer.audiences) === 'gap') await sync();
  };
  let syncing = Promise.resolve();
  client.onDelivery = (delivery) => {
    if (replica.handleDelivery(delivery) !== 'gap') return;
    gaps += 1;
    syncing = sync();
  };
  return {
    sync,
    texts: () => [...boards['everyone']!['caption']!.values()].map((one) => (one as Caption).text),
    gaps: () => gaps,
    seq: () => replica.cursors()['everyone'] ?? -1,
    settled: () => syncing,
  };
}

type Caption = { text: string };

describe('a crowd', () => {
  it('hears everything in order while captions come faster than they can be sent', async () => {
    const subject = await personSession();
    const sessions = [subject, ...(await Promise.all(Array.from({ length: 40 }, personSession)))];
    // Twenty pages of each of so many phones: more than are written to at once.
    const clients = await Promise.all(
      Array.from({ length: 700 }, (_, index) => connect(sessions[index % sessions.length]!)),
    );
    const followers = clients.map(follow);
    const early = followers.slice(0, 600);
    await Promise.all(early.map(({ sync }) => sync()));
    const said: string[] = [];
    const speaking = (async () => {
      for (let line = 0; line < 50; line += 1) {
        said.push(`dòng ${line}`);
        await say(said.at(-1)!);
      }
    })();
    // The others come in the middle of it: what is on its way and their answers cross.
    await Promise.all(followers.slice(600).map(({ sync }) => sync()));
    await speaking;
    const { seq } = await dialogue.state();
    const isCurrent = () => followers.every((follower) => follower.seq() === seq);
    while (!isCurrent()) await new Promise(setImmediate);
    for (const follower of followers) {
      expect(follower.texts().slice(-50)).toEqual(said);
      expect(follower.gaps()).toBe(0);
    }
    for (const client of clients) client.destroy();
  });
});

const big = (seq: number): Delivery => ({
  dialogueId: dialogue.id,
  audience: 'everyone',
  seq,
  prev: seq - 1,
  puts: [{ collection: 'caption', id: String(seq), value: 'x'.repeat(200_000) }],
});

describe('a line that does not read', () => {
  it('is left out, holds nobody up, and is told afterwards that it has missed something', async () => {
    const [slow, quick] = [
      await connect(await personSession()),
      await connect(await personSession()),
    ];
    const heard = new Map<LightClient, Delivery[]>([
      [slow, []],
      [quick, []],
    ]);
    for (const client of [slow, quick]) {
      await client.sync();
      client.onDelivery = (delivery) => heard.get(client)!.push(delivery);
    }
    slow.pause();
    const first = 1_000;
    const last = first + 150;
    for (let seq = first; seq <= last; seq += 1) {
      live.gateway.deliver([big(seq)]);
      while (heard.get(quick)!.at(-1)?.seq !== seq) await new Promise(setImmediate);
    }
    slow.resume();
    while (heard.get(slow)!.at(-1)?.seq !== last) await new Promise(setImmediate);
    // 30 MB were said; what a socket's buffers take and little more was kept for it.
    const numbers = heard.get(slow)!.map(({ seq }) => seq);
    expect(numbers.length).toBeLessThan(100);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    const { prev } = heard.get(slow)!.at(-1)!;
    expect(prev).toBeGreaterThan(numbers.at(-2)!);
    for (const client of [slow, quick]) client.destroy();
  });

  it('and asks for ever more is cut', async () => {
    for (let line = 0; line < 60; line += 1) await say('ắ'.repeat(1_000));
    const client = await connect(await personSession());
    const closed = new Promise<void>((resolve) => (client.onClose = resolve));
    client.pause();
    const asked = Array.from({ length: 290 }, () => client.sync().catch(() => null));
    while (live.gateway.size > 0) await new Promise(setImmediate);
    client.resume();
    await Promise.all([closed, ...asked]);
  });
});

describe('a session that is revoked', () => {
  it('hears no more, though a caption is being sent to thousands', async () => {
    const session = await personSession();
    const client = await connect(session);
    await client.sync();
    const events: string[] = [];
    client.onEvent = (name) => events.push(name);
    client.onDelivery = () => events.push('delivery');
    const closed = new Promise<void>((resolve) => (client.onClose = resolve));
    await live.sessions.revoke({ sessionId: session.sessionId });
    live.gateway.deliver([big(1)]);
    await closed;
    expect(events).toEqual(['revoked']);
    expect(live.gateway.size).toBe(0);
  });
});

describe('whoever does not speak the protocol', () => {
  const open = async (path: string, greeting: string) => {
    const heard: string[] = [];
    const closed = Promise.withResolvers<string>();
    const socket = new TextSocket(
      { url: new URL(path, live.url), headers: {} },
      {
        onOpen: () => {},
        onText: (text) => {
          heard.push(text.toString());
          if (heard.length === 1 && greeting) socket.send(greeting);
        },
        onClose: closed.resolve,
      },
    );
    return { heard, closed: closed.promise, socket };
  };
  const webSocket = '/socket.io/?EIO=4&transport=websocket';

  it.each([
    ['speaks before it was let in', webSocket, '42["command",{}]'],
    ['sends what is no packet', webSocket, 'x'],
    ['sends what is no JSON', webSocket, '40{'],
  ])('and %s is cut', async (_what, path, greeting) => {
    const { closed } = await open(path, greeting);
    await closed;
    expect(live.gateway.size).toBe(0);
  });

  it('and has no session is told so, by the words of the protocol', async () => {
    const auth = { principal: `person:${dialogue.id}`, dialogueId: dialogue.id };
    const { heard, socket } = await open(webSocket, `40${JSON.stringify(auth)}`);
    while (heard.length < 2) await new Promise(setImmediate);
    expect(heard[1]).toBe('44{"message":"not_signed_in","data":{"code":"not_signed_in"}}');
    socket.destroy();
  });

  it('and asks for the long-polling transport is refused', async () => {
    const answer = await fetch(`${live.url}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
  });
});
