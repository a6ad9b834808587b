import { randomUUID } from 'node:crypto';
import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import { findChainFault } from '../../src/dialogue/kernel/chain.ts';
import { Engine } from '../../src/dialogue/kernel/executor.ts';
import { Follower } from '../../src/dialogue/kernel/follower.ts';
import type { Bus } from '../../src/dialogue/nodes/ports.ts';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { createLogHeads, createSharedJournal } from '../../src/store/journal.ts';
import { findRowFault } from '../../src/store/verify-rows.ts';
import { TestDialogue } from '../support/dialogue.ts';
import { until } from '../support/nodes.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** An engine beside others on one database, as a node has it. */
interface TestNode {
  engine: Engine;
  deliveries: Delivery[];
  /** The numbers of the states that reconcilers were told of. */
  seen: number[];
  errors: unknown[];
  close(): Promise<void>;
}

let database: TestDatabase;
let buses: InProcessNodes;
let nodes: TestNode[];

beforeEach(async () => {
  database = await createTestDatabase();
  buses = new InProcessNodes();
  const db = openDatabase(database.url, { maxConnections: 1 });
  await migrate(db);
  await db.destroy();
  nodes = [];
});

afterEach(async () => {
  for (const node of nodes) {
    await node.close();
    expect(node.errors).toEqual([]);
  }
  await database.drop();
});

function start(bus: Bus = buses.join().bus): TestNode {
  const db: Database = openDatabase(database.url, { maxConnections: 4 });
  const [deliveries, seen, errors]: [Delivery[], number[], unknown[]] = [[], [], []];
  const engine: Engine = new Engine({
    journal: createSharedJournal(db),
    outlet: { deliver: (some) => deliveries.push(...some) },
    onError: (error) => errors.push(error),
    onWritten: (commit) => follower.handleWritten(commit),
  });
  engine.onCommitted(({ seq }) => seen.push(seq));
  const onError = (error: unknown) => errors.push(error);
  const follower = new Follower({ bus, engine, logs: createLogHeads(db), onError });
  const node: TestNode = {
    engine,
    deliveries,
    seen,
    errors,
    async close() {
      follower.close();
      await engine.close();
      await db.destroy();
    },
  };
  nodes.push(node);
  return node;
}

/** The same dialogue, driven at another node. */
function at(node: TestNode, dialogue: TestDialogue): TestDialogue {
  return Object.assign(new TestDialogue(node.engine), {
    id: dialogue.id,
    secretary: dialogue.secretary,
    host: dialogue.host,
  });
}

const told = (node: TestNode, dialogue: TestDialogue, audience: Audience) =>
  node.deliveries.filter((one) => one.dialogueId === dialogue.id && one.audience === audience);

async function present(node: TestNode, dialogue: TestDialogue, audience: Audience) {
  const { puts } = (await node.engine.boards(dialogue.id)).since(audience, undefined);
  return new Map(puts.map(({ collection, id, value }) => [`${collection}:${id}`, value]));
}

describe('two nodes on one log', () => {
  it('tell their own sockets what the other has committed, one after the other', async () => {
    const [one, other] = [start(), start()];
    const dialogue = await TestDialogue.open(one.engine);
    await other.engine.read(dialogue.id);
    const there = at(other, dialogue);

    const question = await dialogue.accepted(1);
    await until(async () => (await there.state()).questions.get(question)?.state === 'accepted');
    await there.do(dialogue.secretary, 'dialogue.start', {});
    await there.do(dialogue.host, 'floor.call', { questionId: question });
    await until(async () => (await dialogue.state()).currentTurnId !== null);

    for (const node of [one, other]) {
      expect(node.seen.at(-1)).toBe((await there.state()).seq);
      for (const audience of ['everyone', 'desk'] as const) {
        const chain = told(node, dialogue, audience);
        expect(chain.at(-1)!.seq).toBe((await there.state()).seq);
        for (const [index, { prev }] of chain.entries()) {
          if (index > 0) expect(prev).toBe(chain[index - 1]!.seq);
        }
      }
    }
    for (const audience of ['everyone', 'desk', 'host'] as const) {
      expect(await present(other, dialogue, audience)).toEqual(
        await present(one, dialogue, audience),
      );
    }
  });

  it('write at the same time, and nobody is refused for it', async () => {
    const [one, other] = [start(), start()];
    const dialogue = await TestDialogue.open(one.engine);
    const places = [dialogue, at(other, dialogue)];
    await dialogue.do(dialogue.secretary, 'dialogue.start', {});
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        // In several waves, so that commits of both interleave.
        for (let wave = 0; wave < index % 20; wave += 1) await new Promise(setImmediate);
        return places[index % 2]!.send(dialogue.secretary, 'transcript.add', {
          lineId: randomUUID(),
          text: `Dòng ${index}`,
          speaker: 'host',
        });
      }),
    );
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    await Promise.all(nodes.map(({ engine }) => engine.refresh(dialogue.id)));
    const db = openDatabase(database.url, { maxConnections: 1 });
    const log = await createSharedJournal(db).read(dialogue.id, 0);
    expect(findChainFault(log)).toBeNull();
    expect(await findRowFault(db, dialogue.id, log)).toBeNull();
    await db.destroy();
    expect(log.filter(({ type }) => type.startsWith('transcript.'))).toHaveLength(200);
    const [here, there] = await Promise.all(places.map((place) => place.state()));
    expect(there!.seq).toBe(here!.seq);
    expect(there!.lines).toEqual(here!.lines);
  });

  it('answer a retry at the other one with the first answer', async () => {
    const [one, other] = [start(), start()];
    const dialogue = await TestDialogue.open(one.engine);
    const there = at(other, dialogue);
    await there.state();
    const person = await dialogue.joined(1);
    const commandId = randomUUID();
    const ask = {
      questionId: randomUUID(),
      bridgePointId: person.bridgePointId,
      text: 'Bao giờ làm đường?',
      field: null,
      nameVisibility: 'hall' as const,
    };
    const first = await dialogue.send(person, 'question.ask', ask, commandId);
    expect(await there.send(person, 'question.ask', ask, commandId)).toEqual(first);
    expect(await there.send(dialogue.host, 'question.ask', ask, commandId)).toMatchObject({
      error: { code: 'command_id_taken' },
    });
  });

  it('bring whoever comes from the other one up to date, from wherever they were', async () => {
    const [one, other] = [start(), start()];
    const dialogue = await TestDialogue.open(one.engine);
    const there = at(other, dialogue);
    await there.state();
    await dialogue.do(dialogue.secretary, 'dialogue.start', {});
    for (const [index, place] of [dialogue, there, there, dialogue].entries()) {
      await place.do(dialogue.secretary, 'transcript.add', {
        lineId: randomUUID(),
        text: `Dòng ${index}`,
        speaker: 'host',
      });
      await place.accepted((index % 3) + 1);
    }
    for (const audience of ['everyone', 'desk'] as const) {
      const now = await present(other, dialogue, audience);
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        await to.engine.refresh(dialogue.id);
        const facts = new Map<string, unknown>();
        const take = (puts: Delivery['puts']) => {
          for (const { collection, id, value } of puts) {
            if (value === null) facts.delete(`${collection}:${id}`);
            else facts.set(`${collection}:${id}`, value);
          }
        };
        const boards = await to.engine.boards(dialogue.id);
        for (const { seq, puts } of told(from, dialogue, audience)) {
          take(puts);
          const answer = boards.since(audience, seq);
          if (!answer.full) {
            const moved = new Map(facts);
            for (const { collection, id, value } of answer.puts) {
              if (value === null) moved.delete(`${collection}:${id}`);
              else moved.set(`${collection}:${id}`, value);
            }
            // What was there before these deliveries is the same for both.
            for (const [key, value] of moved) expect([key, now.get(key)]).toEqual([key, value]);
          }
        }
      }
    }
  });

  it('see what was written while nobody was heard', async () => {
    const deaf = (bus: Bus): Bus => ({ ...bus, publish: () => {}, subscribe: () => () => {} });
    const [one, other] = [start(deaf(buses.join().bus)), start(deaf(buses.join().bus))];
    const dialogue = await TestDialogue.open(one.engine);
    const there = at(other, dialogue);
    const before = (await there.state()).seq;
    await dialogue.do(dialogue.secretary, 'dialogue.start', {});
    expect((await there.state()).seq).toBe(before);
    // Whoever comes is current at once.
    await other.engine.refresh(dialogue.id);
    expect((await there.state()).dialogue?.state).toBe('live');
    // So is whoever decides.
    await dialogue.do(dialogue.secretary, 'dialogue.pause', {});
    expect(await there.send(dialogue.secretary, 'dialogue.pause', {})).toMatchObject({ ok: false });
    // And everybody else after some seconds.
    await dialogue.do(dialogue.secretary, 'dialogue.resume', {});
    await until(async () => (await there.state()).dialogue?.state === 'live');
  });
});
