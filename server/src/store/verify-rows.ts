import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { Aggregate } from '../dialogue/kernel/aggregate.ts';
import type { LogEntry } from '../dialogue/kernel/entries.ts';
import type { Kind } from '../dialogue/kernel/state.ts';
import { rowKinds } from './columns.ts';
import type { Database } from './database.ts';
import { readRows } from './rows.ts';

export interface RowFault {
  seq: number;
  fault: string;
}

/** The first row that does not say what the log says, or `null`. */
export async function findRowFault(
  db: Database,
  dialogueId: string,
  entries: readonly LogEntry[],
): Promise<RowFault | null> {
  const { state } = replay(dialogueId, entries);
  return db.transaction().execute(async (tx) => {
    // The log may grow while it is checked: compare with the rows of the same moment only.
    const head = await sql<{ seq: number }>`
      select seq from log_head where dialogue_id = ${dialogueId} for share
    `.execute(tx);
    if (head.rows[0]?.seq !== state.seq) return null;
    for (const kind of rowKinds) {
      const rows = await readRows(tx, dialogueId, kind);
      const fault = compare(kind, rows, state);
      if (fault) return { seq: state.seq, fault };
    }
    return null;
  });
}

function replay(dialogueId: string, entries: readonly LogEntry[]): Aggregate {
  const aggregate = new Aggregate(dialogueId);
  aggregate.restore(entries);
  return aggregate;
}

function compare(
  kind: Kind,
  rows: readonly { id: string }[],
  state: Aggregate['state'],
): string | null {
  for (const row of rows) {
    const told = state.row(kind, row.id);
    if (!told) return `${kind} ${row.id} is in no entry`;
    if (!isDeepStrictEqual(row, JSON.parse(JSON.stringify(told)))) {
      return `${kind} ${row.id} differs from its entries`;
    }
  }
  const expected = state.size(kind);
  return rows.length === expected ? null : `${expected - rows.length} rows of ${kind} are missing`;
}
