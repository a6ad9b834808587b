import { randomUUID } from 'node:crypto';
import type { DeskHandFact, HandFact } from '@nhip-cau/shared/protocol/facts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Engine } from '../../src/dialogue/kernel/executor.ts';
import { startTestApp } from '../support/app.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

let test: TestEngine & { url: string };

beforeAll(async () => {
  test = await createTestEngine();
});

afterAll(() => test.close());

async function live() {
  const dialogue = await TestDialogue.open(test.engine);
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  return dialogue;
}

async function raised(dialogue: TestDialogue, hall: number, name = 'Lê Văn Tư') {
  const person = await dialogue.joined(hall, name);
  const handId = randomUUID();
  const { bridgePointId } = person;
  await dialogue.do(person, 'hand.raise', { handId, bridgePointId });
  return { person, handId, bridgePointId };
}

type Board = 'desk' | 'host' | `bridgePoint:${string}` | `person:${string}`;

/** The hands that an audience is shown, in true order. */
async function hands<Fact extends DeskHandFact | HandFact = DeskHandFact>(
  { id }: TestDialogue,
  audience: Board,
  engine: Engine = test.engine,
): Promise<Fact[]> {
  const { puts } = (await engine.boards(id)).since(audience, undefined);
  return puts
    .filter(({ collection }) => collection === 'hand')
    .map(({ value }) => value as Fact)
    .sort((a, b) => a.position - b.position);
}

const ids = (some: { id: string }[]) => some.map(({ id }) => id);

describe('hands', () => {
  it('stand in the order of the log, however many rise at once in how many halls', async () => {
    const dialogue = await live();
    const people = await Promise.all(
      Array.from({ length: 30 }, (_, index) => dialogue.joined(1 + (index % 3))),
    );
    const outcomes = await Promise.all(
      people.map(async (person) => {
        const handId = randomUUID();
        const { bridgePointId } = person;
        const outcome = await dialogue.send(person, 'hand.raise', { handId, bridgePointId });
        return { handId, bridgePointId, seq: outcome.ok ? outcome.seq : 0 };
      }),
    );
    const inOrder = outcomes.sort((a, b) => a.seq - b.seq);
    for (const audience of ['desk', 'host'] as const) {
      expect(ids(await hands(dialogue, audience))).toEqual(inOrder.map(({ handId }) => handId));
    }
    const hall = await dialogue.hall(2);
    const ofHall = await hands<HandFact>(dialogue, `bridgePoint:${hall}`);
    expect(ids(ofHall)).toEqual(
      inOrder.filter(({ bridgePointId }) => bridgePointId === hall).map(({ handId }) => handId),
    );
    expect(ofHall.map(({ place }) => place)).toEqual(ofHall.map((_, index) => index + 1));
  });

  it('are lowered by whoever raised them, by the hall and by the city, and the rest move up', async () => {
    const dialogue = await live();
    const moderator = await dialogue.moderator(1);
    const [first, second, third, fourth] = [
      await raised(dialogue, 1),
      await raised(dialogue, 1),
      await raised(dialogue, 1),
      await raised(dialogue, 1),
    ];
    await dialogue.do(first.person, 'hand.lower', { handId: first.handId });
    await dialogue.do(moderator, 'hand.lower', { handId: second.handId });
    await dialogue.do(dialogue.secretary, 'hand.lower', { handId: third.handId });
    const mine = await hands<HandFact>(dialogue, `person:${fourth.person.personId}`);
    expect(mine).toMatchObject([{ id: fourth.handId, place: 1 }]);
    expect(await hands(dialogue, `person:${first.person.personId}`)).toEqual([]);

    const again = await dialogue.send(moderator, 'hand.lower', { handId: first.handId });
    expect(again).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
    const stranger = await dialogue.moderator(2);
    const foreign = await dialogue.send(stranger, 'hand.lower', { handId: fourth.handId });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  });

  it('are raised by the moderator for somebody without a phone, and one phone raises one', async () => {
    const dialogue = await live();
    const moderator = await dialogue.moderator(1);
    const { bridgePointId } = moderator;
    for (const seatedName of ['Cụ Nguyễn Văn Sáu', null]) {
      const handId = randomUUID();
      await dialogue.do(moderator, 'hand.raise', { handId, bridgePointId, seatedName });
    }
    const { person } = await raised(dialogue, 1, 'Lê Thị Bảy');
    const second = await dialogue.send(person, 'hand.raise', {
      handId: randomUUID(),
      bridgePointId,
    });
    expect(second).toMatchObject({ ok: false, error: { code: 'already_exists' } });
    expect((await hands(dialogue, 'desk')).map(({ name }) => name)).toEqual([
      'Cụ Nguyễn Văn Sáu',
      null,
      'Lê Thị Bảy',
    ]);
  });

  it('stand after a restart as they stood before', async () => {
    const dialogue = await live();
    const [first, second] = [await raised(dialogue, 1), await raised(dialogue, 2)];
    await raised(dialogue, 1);
    await dialogue.do(first.person, 'hand.lower', { handId: first.handId });
    const before = await hands(dialogue, 'desk');
    const restarted = await createTestEngine(test.url);
    try {
      expect(await hands(dialogue, 'desk', restarted.engine)).toEqual(before);
      const own = await hands(dialogue, `person:${second.person.personId}`, restarted.engine);
      expect(ids(own)).toEqual([second.handId]);
    } finally {
      await restarted.close();
    }
  });

  it('are given the floor, lowered and forgotten in one commit, and named to those who lead', async () => {
    const dialogue = await live();
    const { handId, bridgePointId } = await raised(dialogue, 2, 'Phạm Thị Chín');
    test.deliveries.length = 0;
    await dialogue.do(dialogue.host, 'floor.callHand', { handId });
    const told = test.deliveries.filter(({ audience }) => audience === 'desk');
    expect(told).toHaveLength(1);
    const state = await dialogue.state();
    const turn = state.turns.get(state.currentTurnId!);
    expect(turn).toMatchObject({ kind: 'hand', handId, bridgePointId, state: 'onAir' });
    expect(await hands(dialogue, 'desk')).toEqual([]);

    const named = test.deliveries
      .filter(({ puts }) => JSON.stringify(puts).includes('Phạm Thị Chín'))
      .map(({ audience }) => audience);
    // Whoever raised a hand did not agree to be named before every hall.
    expect(new Set(named)).toEqual(new Set(['desk', 'host']));
    const again = await dialogue.send(dialogue.host, 'floor.callHand', { handId });
    expect(again).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
  });
});

describe('hands over real sockets', () => {
  let server: Awaited<ReturnType<typeof startTestApp>>;
  let app: App;

  beforeAll(async () => {
    server = await startTestApp();
    app = await server.start();
  });

  afterAll(async () => {
    await app.close();
    await server.close();
  });

  it('keep their order over a lost connection and a restart of the server', async () => {
    const subjects = await Promise.all([1, 2, 1, 2].map((hall) => server.personSubject(hall)));
    const phones = await Promise.all(subjects.map((subject) => server.connectAs(app.url, subject)));
    const order: string[] = [];
    for (const [index, phone] of phones.entries()) {
      const handId = randomUUID();
      const { bridgePointId } = subjects[index]!;
      expect(await phone.send('hand.raise', { handId, bridgePointId })).toMatchObject({ ok: true });
      order.push(handId);
    }
    const shown = async (url: string) => {
      const desk = await server.connectAs(url, server.secretarySubject);
      const answer = await desk.sync();
      desk.close();
      if (!answer.ok) throw new Error(answer.error.code);
      const board = answer.audiences.find(({ audience }) => audience === 'desk');
      return (board?.puts ?? [])
        .filter(({ collection }) => collection === 'hand')
        .map(({ value }) => value as DeskHandFact)
        .sort((a, b) => a.position - b.position)
        .map(({ id }) => id);
    };
    expect(await shown(app.url)).toEqual(order);

    phones[1]!.socket.disconnect();
    expect(await shown(app.url)).toEqual(order);
    const back = await server.connectAs(app.url, subjects[1]!);
    await back.sync();
    expect(await back.send('hand.lower', { handId: order[1]! })).toMatchObject({ ok: true });

    await app.close();
    app = await server.start();
    expect(await shown(app.url)).toEqual([order[0], order[2], order[3]]);
    back.close();
    for (const phone of phones) phone.close();
  });
});
