import { type RawBuilder, sql } from 'kysely';
import type { Commit } from '../dialogue/kernel/ports.ts';
import type { Kind } from '../dialogue/kernel/state.ts';
import { arrayOf } from './arrays.ts';
import { layouts, rowKinds } from './columns.ts';
import type { Database } from './database.ts';

type RowChanges = Pick<Commit, 'dialogueId' | 'rows' | 'removed'>;

/**
 * One statement, so one way to the database and back, and all of it or nothing. `head` returns the
 * dialogue's `dialogue_id`, or no row: then the parts, which select from it, write nothing.
 */
export function writeForHead(head: RawBuilder<unknown>, parts: readonly RawBuilder<unknown>[]) {
  const named = parts.map((part, index) => sql`${sql.raw(`part_${index}`)} as (${part})`);
  return sql<{ heads: number }>`
    with ${sql.join([sql`head as (${head})`, ...named])} select count(*)::int as heads from head
  `;
}

/**
 * Parts that write the changed rows and take away those that are no more, one a table however many
 * there are.
 */
export function rowParts({ dialogueId, rows, removed }: RowChanges): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = [];
  for (const kind of rowKinds) {
    const changed = rows[kind];
    if (changed?.length) parts.push(upsert(dialogueId, kind, changed));
  }
  for (const kind of rowKinds) {
    const ids = removed.filter((row) => row.kind === kind).map(({ id }) => id);
    if (ids.length > 0) parts.push(remove(kind, ids));
  }
  return parts;
}

function upsert(
  dialogueId: string,
  kind: Kind,
  changed: readonly { id: string }[],
): RawBuilder<unknown> {
  const { table, fields, columns, types } = layouts[kind];
  const own = kind === 'dialogue' ? [] : ['dialogue_id'];
  const arrays = fields.map((field, index) => {
    const type = types[index]!;
    const values = changed.map((row) => row[field as 'id']);
    return arrayOf(type, values);
  });
  const updated = columns.filter((column) => column !== 'id');
  return sql`
    insert into ${sql.table(table)} (${names([...own, ...columns])})
    select ${own.length > 0 ? sql`${dialogueId}::uuid, ` : sql``}changed.*
    from head, unnest(${sql.join(arrays)}) as changed
    on conflict (${names([...own, 'id'])}) do update
    set (${names(updated)}) = row (${excluded(updated)})
  `;
}

function remove(kind: Kind, ids: readonly string[]): RawBuilder<unknown> {
  const table = sql.table(layouts[kind].table);
  return sql`
    delete from ${table} using head
    where ${table}.dialogue_id = head.dialogue_id
      and ${table}.id = any(${arrayOf('uuid', ids)})
  `;
}

/** Every row of a kind, as the domain has it. */
export async function readRows(
  tx: Database,
  dialogueId: string,
  kind: Kind,
): Promise<{ id: string }[]> {
  const { table, columns } = layouts[kind];
  const own = kind === 'dialogue' ? 'id' : 'dialogue_id';
  const { rows } = await sql<{ id: string }>`
    select ${names(columns)} from ${sql.table(table)} where ${sql.ref(own)} = ${dialogueId}
  `.execute(tx);
  return rows;
}

const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));
const excluded = (columns: readonly string[]) =>
  sql.join(columns.map((column) => sql.ref(`excluded.${column}`)));
