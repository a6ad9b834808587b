import { sql } from 'kysely';
import { Aggregate } from '../dialogue/kernel/aggregate.ts';
import type { LogEntry } from '../dialogue/kernel/entries.ts';
import type { Commit } from '../dialogue/kernel/ports.ts';
import { rowKinds } from './columns.ts';
import type { Database } from './database.ts';
import { readRows, rowParts, writeForHead } from './rows.ts';

/**
 * Writes the read models of every dialogue anew from its log: after a migration they say what
 * today's reducers make of it. The log itself is only read.
 */
export async function rebuildRows(db: Database): Promise<void> {
  const heads = await db.selectFrom('logHead').select('dialogueId').execute();
  for (const { dialogueId } of heads) await rebuild(db, dialogueId);
}

async function rebuild(db: Database, dialogueId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const entries = await tx
      .selectFrom('logEntry')
      .selectAll()
      .where('dialogueId', '=', dialogueId)
      .orderBy('seq')
      .execute();
    const { state } = foldOf(dialogueId, entries as unknown[] as LogEntry[]);
    const rows: Commit['rows'] = {};
    const removed: Commit['removed'] = [];
    for (const kind of rowKinds) {
      const told = state.rows(kind);
      Object.assign(rows, { [kind]: told });
      const ids = new Set(told.map(({ id }) => id));
      for (const { id } of await readRows(tx, dialogueId, kind)) {
        if (!ids.has(id)) removed.push({ kind, id });
      }
    }
    const head = sql`select dialogue_id from log_head where dialogue_id = ${dialogueId}`;
    await writeForHead(head, rowParts({ dialogueId, rows, removed })).execute(tx);
  });
}

function foldOf(dialogueId: string, entries: readonly LogEntry[]): Aggregate {
  const aggregate = new Aggregate(dialogueId);
  aggregate.restore(entries);
  return aggregate;
}
