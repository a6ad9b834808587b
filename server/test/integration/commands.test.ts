import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from '../../src/dialogue/kernel/actor.ts';
import { findChainFault } from '../../src/dialogue/kernel/chain.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createJournal } from '../../src/store/journal.ts';
import { findRowFault } from '../../src/store/verify-rows.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

let test: TestEngine & { url: string };

beforeAll(async () => {
  test = await createTestEngine();
});

afterAll(() => test.close());

const logOf = (dialogueId: string) => createJournal(test.db).read(dialogueId, 0);

describe('a command', () => {
  it('sent twice has one effect and one answer', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const person = await dialogue.joined(1);
    const payload = {
      questionId: randomUUID(),
      bridgePointId: person.bridgePointId,
      text: 'Bao giờ có nước sạch?',
      field: 'Môi trường',
      nameVisibility: 'public',
    } as const;
    const commandId = randomUUID();
    const first = await dialogue.send(person, 'question.ask', payload, commandId);
    const again = await dialogue.send(person, 'question.ask', payload, commandId);
    expect(first).toMatchObject({ ok: true });
    expect(again).toEqual(first);
    const asked = (await logOf(dialogue.id)).filter((entry) => entry.type === 'question.asked');
    expect(asked).toHaveLength(1);
  });

  it('sent twice at the same moment has one effect and one answer', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const person = await dialogue.joined(1);
    const commandId = randomUUID();
    const payload = { handId: randomUUID(), bridgePointId: person.bridgePointId };
    const [first, again] = await Promise.all([
      dialogue.send(person, 'hand.raise', payload, commandId),
      dialogue.send(person, 'hand.raise', payload, commandId),
    ]);
    expect(first).toMatchObject({ ok: true });
    expect(again).toEqual(first);
    expect((await dialogue.state()).hands.size).toBe(1);
  });

  it('under a number that somebody else used is refused', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const [one, other] = [await dialogue.joined(1), await dialogue.joined(2)];
    const commandId = randomUUID();
    const raise = (person: typeof one) =>
      dialogue.send(
        person,
        'hand.raise',
        { handId: randomUUID(), bridgePointId: person.bridgePointId },
        commandId,
      );
    expect(await raise(one)).toMatchObject({ ok: true });
    expect(await raise(other)).toEqual({ ok: false, error: { code: 'command_id_taken' } });
  });

  it('keeps its answer over a restart', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const person = await dialogue.joined(1);
    const commandId = randomUUID();
    const payload = { handId: randomUUID(), bridgePointId: person.bridgePointId };
    const first = await dialogue.send(person, 'hand.raise', payload, commandId);
    const restarted = await createTestEngine(test.url);
    try {
      const again = await restarted.engine.execute(person, {
        commandId,
        dialogueId: dialogue.id,
        name: 'hand.raise',
        payload,
      });
      expect(again).toEqual(first);
    } finally {
      await restarted.close();
    }
  });
});

describe('a thousand commands at once', () => {
  it('leave a log without a gap, a chain that holds and rows that say the same', async () => {
    const dialogue = await TestDialogue.open(test.engine, 5);
    const people = await Promise.all(
      Array.from({ length: 200 }, (_, index) => dialogue.joined((index % 5) + 1)),
    );
    const outcomes = await Promise.all(
      people.flatMap((person) =>
        Array.from({ length: 5 }, () =>
          dialogue.send(person, 'question.ask', {
            questionId: randomUUID(),
            bridgePointId: person.bridgePointId,
            text: 'Đề nghị sửa đường liên xã',
            field: null,
            nameVisibility: 'desk',
          }),
        ),
      ),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const log = await logOf(dialogue.id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(findChainFault(log)).toBeNull();
    expect(await findRowFault(test.db, dialogue.id, log)).toBeNull();
    expect((await dialogue.state()).questions.size).toBe(1_000);
  });

  it('are decided each on its own: those refused leave the others alone', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const person = await dialogue.joined(1);
    const stranger = { ...person, dialogueId: randomUUID() };
    const outcomes = await Promise.all([
      dialogue.send(person, 'hand.raise', {
        handId: randomUUID(),
        bridgePointId: person.bridgePointId,
      }),
      dialogue.send(stranger, 'hand.raise', {
        handId: randomUUID(),
        bridgePointId: person.bridgePointId,
      }),
      dialogue.send(person, 'question.withdraw', { questionId: randomUUID() }),
      dialogue.send(person, 'question.ask', {
        questionId: randomUUID(),
        bridgePointId: person.bridgePointId,
        text: 'Xin hỏi',
        field: null,
        nameVisibility: 'hall',
      }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code))).toEqual([
      'ok',
      'not_allowed',
      'not_found',
      'ok',
    ]);
  });
});

describe('two engines on one database', () => {
  it('never write over each other', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const other = await createTestEngine(test.url);
    try {
      const bridgePointId = await dialogue.hall(1);
      const joins = Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? test : other).engine.execute(system, {
          commandId: randomUUID(),
          dialogueId: dialogue.id,
          name: 'participant.join',
          payload: { personId: randomUUID(), bridgePointId, name: null },
        }),
      );
      const outcomes = await Promise.all(joins);
      const accepted = outcomes.filter(({ ok }) => ok).length;
      const log = await logOf(dialogue.id);
      expect(findChainFault(log)).toBeNull();
      expect(log.filter(({ type }) => type === 'participant.joined')).toHaveLength(accepted);
      expect(accepted).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });
});

describe('the log', () => {
  it('cannot be changed, not even by the database’s own user', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const edit = test.db
      .updateTable('logEntry')
      .set({ at: 0 })
      .where('dialogueId', '=', dialogue.id)
      .execute();
    await expect(edit).rejects.toThrow('append-only');
  });
});

describe('a database that breaks off', () => {
  it('costs nobody an acknowledged command, and the next ones go on', async () => {
    const dialogue = await TestDialogue.open(test.engine);
    const people = await Promise.all(
      Array.from({ length: 30 }, (_, index) => dialogue.joined((index % 3) + 1)),
    );
    // A pool of one, so that ending the others ends what the engine works on, never ourselves.
    const breaker = openDatabase(test.url, { maxConnections: 1 });
    const acknowledged: string[] = [];
    const rounds = people.map(async (person) => {
      for (let round = 0; round < 10; round += 1) {
        const questionId = randomUUID();
        const outcome = await dialogue.send(person, 'question.ask', {
          questionId,
          bridgePointId: person.bridgePointId,
          text: 'Xin hỏi',
          field: null,
          nameVisibility: 'hall',
        });
        if (outcome.ok) acknowledged.push(questionId);
        else expect(outcome.error.code).toBe('unavailable');
        if (acknowledged.length % 50 === 0) await endConnections(breaker);
      }
    });
    await Promise.all(rounds);
    await breaker.destroy();
    const handId = randomUUID();
    const [person] = [people[0]!];
    await dialogue.do(person, 'hand.raise', { handId, bridgePointId: person.bridgePointId });
    const log = await logOf(dialogue.id);
    expect(findChainFault(log)).toBeNull();
    expect(await findRowFault(test.db, dialogue.id, log)).toBeNull();
    const written = new Set([...(await dialogue.state()).questions.keys()]);
    expect(acknowledged.filter((id) => !written.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});

async function endConnections(db: Database): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
  `.execute(db);
}
