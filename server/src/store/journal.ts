import { type RawBuilder, sql } from 'kysely';
import type { LogEntry } from '../dialogue/kernel/entries.ts';
import type { LogHeads } from '../dialogue/kernel/follower.ts';
import { type Commit, type Journal, SeqConflict } from '../dialogue/kernel/ports.ts';
import { arrayOf, type ColumnType } from './arrays.ts';
import type { Database } from './database.ts';
import { rowParts, writeForHead } from './rows.ts';

/** Logs in PostgreSQL: entries, outcomes and read models in one transaction. */
export function createJournal(db: Database): Journal {
  return {
    read: (dialogueId, afterSeq) => readAfter(db, dialogueId, afterSeq),

    async outcomes(dialogueId, commandIds) {
      return db
        .selectFrom('commandOutcome')
        .select(['commandId', 'actorKey', 'seq'])
        .where('dialogueId', '=', dialogueId)
        .where('commandId', '=', sql<string>`any(${commandIds}::uuid[])`)
        .execute();
    },

    append: (commit) => appendTo(db, commit),
  };
}

/**
 * The same where several nodes write. Whoever is to write holds the log's head meanwhile, so that
 * nobody's decision comes to nothing; a node that falls silent gives it back by a time-out.
 */
export function createSharedJournal(db: Database): Journal {
  return {
    ...createJournal(db),
    alone: (dialogueId, afterSeq, write) =>
      db.connection().execute(async (connection) => {
        await sql.raw(beginHolding).execute(connection);
        let isOpen = true;
        try {
          const { rows } = await sql<{ seq: number }>`
            select seq from log_head where dialogue_id = ${dialogueId} for update
          `.execute(connection);
          // A statement of its own: the one before may have waited, and saw what was there before.
          const isBehind = (rows[0]?.seq ?? 0) > afterSeq;
          const news = isBehind ? await readAfter(connection, dialogueId, afterSeq) : [];
          await write(news, async (commit) => {
            await appendTo(connection, commit);
            isOpen = false;
            await sql`commit`.execute(connection);
          });
        } finally {
          if (isOpen) await sql`rollback`.execute(connection).catch(() => {});
        }
      }),
  };
}

/** A node that was stopped in the middle must not hold up the others, nor they it; in ms. */
const beginHolding = `
  begin; set local idle_in_transaction_session_timeout = 5000; set local lock_timeout = 10000
`;

/** How far logs go, in one query. */
export function createLogHeads(db: Database): LogHeads {
  return {
    async heads(dialogueIds) {
      const rows = await db
        .selectFrom('logHead')
        .select(['dialogueId', 'seq'])
        .where('dialogueId', '=', sql<string>`any(${dialogueIds}::uuid[])`)
        .execute();
      return new Map(rows.map(({ dialogueId, seq }) => [dialogueId, seq]));
    },
  };
}

async function readAfter(db: Database, dialogueId: string, afterSeq: number): Promise<LogEntry[]> {
  const rows = await db
    .selectFrom('logEntry')
    .selectAll()
    .where('dialogueId', '=', dialogueId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return rows as unknown[] as LogEntry[];
}

async function appendTo(db: Database, commit: Commit): Promise<void> {
  const { rows } = await writeForHead(movedHead(commit), [
    entryPart(commit),
    outcomePart(commit),
    ...rowParts(commit),
  ]).execute(db);
  if (rows[0]?.heads !== 1) throw new SeqConflict();
}

/** Moves the log's head from where the decision saw it; whoever comes second moves nothing. */
function movedHead({ dialogueId, expectedSeq, entries }: Commit): RawBuilder<unknown> {
  const last = entries.at(-1);
  if (!last) throw new Error('a commit without entries');
  return expectedSeq === 0
    ? sql`
        insert into log_head (dialogue_id, seq, hash)
        values (${dialogueId}, ${last.seq}, ${last.hash})
        on conflict do nothing returning dialogue_id
      `
    : sql`
        update log_head set seq = ${last.seq}, hash = ${last.hash}
        where dialogue_id = ${dialogueId} and seq = ${expectedSeq} returning dialogue_id
      `;
}

function entryPart({ entries }: Commit): RawBuilder<unknown> {
  const column = columnOf(entries);
  return sql`
    insert into log_entry (dialogue_id, seq, at, actor, command_id, type, payload, prev_hash, hash)
    select head.dialogue_id, entry.*
    from head, unnest(
      ${column('bigint', 'seq')}, ${column('bigint', 'at')}, ${column('jsonb', 'actor')},
      ${column('uuid', 'commandId')}, ${column('text', 'type')}, ${column('jsonb', 'payload')},
      ${column('text', 'prevHash')}, ${column('text', 'hash')}
    ) as entry
  `;
}

function outcomePart({ outcomes }: Commit): RawBuilder<unknown> {
  const column = columnOf(outcomes);
  return sql`
    insert into command_outcome (dialogue_id, command_id, actor_key, seq)
    select head.dialogue_id, outcome.*
    from head, unnest(
      ${column('uuid', 'commandId')}, ${column('text', 'actorKey')}, ${column('bigint', 'seq')}
    ) as outcome
  `;
}

const columnOf =
  <Row extends object>(rows: readonly Row[]) =>
  (type: ColumnType, field: keyof Row) =>
    arrayOf(
      type,
      rows.map((row) => row[field]),
    );
