import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findRowFault } from '../../src/store/verify-rows.ts';
import { rebuildRows } from '../../src/store/rebuild-rows.ts';
import { createJournal } from '../../src/store/journal.ts';
import { createTestEngine, TestDialogue } from '../support/dialogue.ts';

describe('read models after a migration', () => {
  it('are what the log says, whatever stood in them before', async () => {
    const test = await createTestEngine();
    const dialogue = await TestDialogue.open(test.engine);
    const questionId = await dialogue.accepted(1);
    const { db } = test;
    await sql`update question set wording = 'khác', urgency = 'urgent'`.execute(db);
    await sql`delete from bridge_point where code = 'hall-2'`.execute(db);
    await sql`
      insert into hand (dialogue_id, id, bridge_point_id, raised_at, position)
      values (${dialogue.id}, ${randomUUID()}, ${randomUUID()}, 1, 1)
    `.execute(db);
    const entries = await createJournal(db).read(dialogue.id, 0);
    expect(await findRowFault(db, dialogue.id, entries)).not.toBeNull();

    await rebuildRows(db);

    expect(await findRowFault(db, dialogue.id, entries)).toBeNull();
    const { rows } = await sql<{ wording: string }>`
      select wording from question where id = ${questionId}
    `.execute(db);
    expect(rows).toEqual([
      { wording: (await dialogue.state()).questions.get(questionId)!.wording },
    ]);
    await test.close();
  });
});
