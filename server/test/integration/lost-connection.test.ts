import { randomUUID } from 'node:crypto';
import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../../src/dialogue/kernel/executor.ts';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { createJournal, createSharedJournal } from '../../src/store/journal.ts';
import { DatabaseSilent } from '../../src/store/pool.ts';
import { startTestApp } from '../support/app.ts';
import { createDatabaseGate, type DatabaseGate, type Lost } from '../support/database-gate.ts';
import { TestDialogue } from '../support/dialogue.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const silenceMs = 2_000;
/** What a commit asks the database for, by a part of its words. */
const append = 'insert into log_entry';
const commit = 'commit\0';

/** As an outbox does: the same command until it is known what became of it. */
async function insist(send: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  for (;;) {
    const outcome = await send();
    if (outcome.ok || outcome.error.code !== 'unavailable') return outcome;
  }
}

const seqsOf = async (db: Database, commandId: string) => {
  const entries = db.selectFrom('logEntry').select('seq').where('commandId', '=', commandId);
  return (await entries.execute()).map(({ seq }) => seq);
};

describe('a connection to the database', () => {
  let database: TestDatabase;
  let gate: DatabaseGate;
  let db: Database;
  /** Around the gate: what the database truly holds. */
  let direct: Database;

  beforeEach(async () => {
    database = await createTestDatabase();
    gate = await createDatabaseGate(database.url);
    db = openDatabase(gate.url, { maxConnections: 4, silenceMs });
    direct = openDatabase(database.url, { maxConnections: 1 });
    await migrate(direct);
  });
  afterEach(async () => {
    gate.open();
    await db.destroy();
    await direct.destroy();
    await gate.close();
    await database.drop();
  });

  describe.each([
    { nodes: 'one node', createTheJournal: createJournal },
    { nodes: 'several nodes', createTheJournal: createSharedJournal },
  ])('of $nodes', ({ createTheJournal }) => {
    let errors: unknown[];
    let engine: Engine;
    let dialogue: TestDialogue;

    beforeEach(async () => {
      const open = (store: Database) =>
        new Engine({
          journal: createTheJournal(store),
          outlet: { deliver: () => {} },
          onError: (error) => errors.push(error),
        });
      errors = [];
      const { id, secretary } = await TestDialogue.open(open(direct));
      engine = open(db);
      dialogue = Object.assign(new TestDialogue(engine), { id, secretary });
    });
    afterEach(() => engine.close());

    const moments: { moment: string; text: string; what: Lost }[] = [
      { moment: 'before it has heard of the entries', text: append, what: 'question' },
      { moment: 'once it has the entries', text: append, what: 'answer' },
    ];
    if (createTheJournal === createSharedJournal) {
      moments.push(
        { moment: 'before it locks the log', text: 'for update', what: 'question' },
        { moment: 'once it has locked the log', text: 'for update', what: 'answer' },
        { moment: 'before it has heard of the commit', text: commit, what: 'question' },
        { moment: 'once it has committed', text: commit, what: 'answer' },
      );
    }
    const cases = moments.flatMap((moment) => [
      { ...moment, how: 'silently' as const },
      { ...moment, how: 'abruptly' as const },
    ]);

    it.each(cases)('that is $how lost $moment costs no command', async ({ text, what, how }) => {
      const commandId = randomUUID();
      const start = () => dialogue.send(dialogue.secretary, 'dialogue.start', {}, commandId);
      const ended = gate.lose(text, what, how);
      const outcome = await insist(start);
      await ended;
      expect(errors).toContainEqual(expect.any(how === 'silently' ? DatabaseSilent : Error));
      expect(outcome.ok).toBe(true);
      const { seq } = outcome as { seq: number };
      expect(await seqsOf(direct, commandId)).toEqual([seq]);
      expect(await insist(start)).toEqual(outcome);
      const pauseId = randomUUID();
      const pause = () => dialogue.send(dialogue.secretary, 'dialogue.pause', {}, pauseId);
      expect(await insist(pause)).toEqual({ ok: true, seq: seq + 1 });
    });
  });

  it('is not ended for the length of an answer', async () => {
    const rows = sql`
      select repeat('.', 20000), pg_sleep(0.1) from generate_series(1, 30)
    `;
    expect((await rows.execute(db)).rows).toHaveLength(30);
  });

  it('is given up when it does not come', async () => {
    gate.hold();
    await expect(sql`select 1`.execute(db)).rejects.toThrow('timeout');
  });

  it('has the database notice a node that is gone without a word', async () => {
    const setting = sql<{ ms: string }>`select current_setting('tcp_user_timeout') as ms`;
    expect((await setting.execute(direct)).rows).toEqual([{ ms: '25000' }]);
  });
});

it('is lost to a server without its people noticing', async () => {
  const test = await startTestApp({ DATABASE_SILENCE_SECONDS: '2' });
  const gate = await createDatabaseGate(test.url);
  test.settings.DATABASE_URL = gate.url;
  const app = await test.start();
  try {
    const secretary = await test.connectAs(app.url, test.secretarySubject);
    const commandId = randomUUID();
    const start = () => secretary.send('dialogue.start', {}, commandId);
    const ended = gate.lose(append, 'answer', 'silently');
    const outcome = await insist(start);
    await ended;
    expect(outcome).toEqual({ ok: true, seq: (await seqsOf(test.db, commandId))[0] });
    expect(await seqsOf(test.db, commandId)).toHaveLength(1);
    expect(await insist(start)).toEqual(outcome);
    secretary.close();
  } finally {
    await app.close();
    await gate.close();
    await test.close();
  }
});
