import { sql } from 'kysely';
import { canonicalJson } from '../dialogue/kernel/chain.ts';
import type { LogEntry } from '../dialogue/kernel/entries.ts';
import { type Commit, type Journal, SeqConflict } from '../dialogue/kernel/ports.ts';
import type { Database } from './database.ts';
import { removeRows, upsertRows } from './rows.ts';

const uniqueViolation = '23505';

/** Logs in PostgreSQL: entries, outcomes and read models in one transaction. */
export function createJournal(db: Database): Journal {
  return {
    async read(dialogueId, afterSeq) {
      const rows = await db
        .selectFrom('logEntry')
        .selectAll()
        .where('dialogueId', '=', dialogueId)
        .where('seq', '>', afterSeq)
        .orderBy('seq')
        .execute();
      return rows as unknown[] as LogEntry[];
    },

    async outcomes(dialogueId, commandIds) {
      return db
        .selectFrom('commandOutcome')
        .select(['commandId', 'actorKey', 'seq'])
        .where('dialogueId', '=', dialogueId)
        .where('commandId', '=', sql<string>`any(${commandIds}::uuid[])`)
        .execute();
    },

    async append(commit) {
      await db.transaction().execute(async (tx) => {
        await advanceHead(tx, commit);
        await sql`
          insert into log_entry
            (dialogue_id, seq, at, actor, command_id, type, payload, prev_hash, hash)
          select "dialogueId", seq, at, actor, "commandId", type, payload, "prevHash", hash
          from jsonb_to_recordset(${canonicalJson(commit.entries)}::jsonb) as entry (
            "dialogueId" uuid, seq bigint, at bigint, actor jsonb, "commandId" uuid, type text,
            payload jsonb, "prevHash" text, hash text
          )
        `.execute(tx);
        await sql`
          insert into command_outcome (dialogue_id, command_id, actor_key, seq)
          select ${commit.dialogueId}, "commandId", "actorKey", seq
          from jsonb_to_recordset(${JSON.stringify(commit.outcomes)}::jsonb) as outcome (
            "commandId" uuid, "actorKey" text, seq bigint
          )
        `.execute(tx);
        await upsertRows(tx, commit);
        await removeRows(tx, commit);
      });
    },
  };
}

/** Moves the log's head from where the decision saw it; whoever comes second finds it moved. */
async function advanceHead(tx: Database, { dialogueId, expectedSeq, entries }: Commit) {
  const last = entries.at(-1);
  if (!last) throw new Error('a commit without entries');
  if (expectedSeq === 0) {
    try {
      await tx
        .insertInto('logHead')
        .values({ dialogueId, seq: last.seq, hash: last.hash })
        .execute();
    } catch (error) {
      if ((error as { code?: string }).code === uniqueViolation) throw new SeqConflict();
      throw error;
    }
    return;
  }
  const { numUpdatedRows } = await tx
    .updateTable('logHead')
    .set({ seq: last.seq, hash: last.hash })
    .where('dialogueId', '=', dialogueId)
    .where('seq', '=', expectedSeq)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new SeqConflict();
}
