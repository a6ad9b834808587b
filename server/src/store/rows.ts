import { sql } from 'kysely';
import type { Commit } from '../dialogue/kernel/ports.ts';
import type { Kind } from '../dialogue/kernel/state.ts';
import type { Database } from './database.ts';

/** The columns of each read model, besides `dialogue_id` and `id`, as fields of its row. */
const fields: Record<Kind, readonly string[]> = {
  dialogue: [
    'title',
    'organiser',
    'startsAt',
    'state',
    'fields',
    'agencies',
    'namePolicy',
    'turnSeconds',
    'rules',
    'centralBridgePointId',
    'createdAt',
    'startedAt',
    'endedAt',
  ],
  bridgePoint: [
    'code',
    'name',
    'district',
    'kind',
    'isCentral',
    'expectedAttendance',
    'headcount',
    'headcountAt',
    'joined',
    'present',
    'joinCode',
  ],
  member: ['accountId', 'role'],
  person: ['bridgePointId', 'name', 'joinedAt'],
  question: [
    'bridgePointId',
    'personId',
    'channel',
    'original',
    'wording',
    'field',
    'urgency',
    'state',
    'asker',
    'nameVisibility',
    'code',
    'attachmentIds',
    'askedAt',
    'forwardedAt',
    'acceptedAt',
    'revision',
    'supporters',
    'mergedInto',
    'stateBefore',
    'pin',
    'brief',
    'returnReason',
    'returnedBy',
    'disposition',
    'turnId',
  ],
  note: ['questionId', 'text', 'at', 'by', 'removedAt'],
  support: ['questionId', 'personId', 'at', 'withdrawnAt'],
  attendee: ['bridgePointId', 'personId', 'name', 'how', 'joinedAt', 'leftAt', 'removedAt'],
  hand: ['bridgePointId', 'personId', 'name', 'raisedAt', 'position', 'loweredAt'],
  turn: [
    'kind',
    'questionId',
    'handId',
    'bridgePointId',
    'state',
    'heldReason',
    'endReason',
    'clock',
    'budgetMs',
    'extendedMs',
    'districtSpokenMs',
    'preparedAt',
    'calledAt',
    'endedAt',
  ],
  transcriptLine: ['position', 'at', 'text', 'turnId', 'offsetMs'],
};

/** Every kind; a dialogue's own row first, because the others refer to it. */
export const rowKinds = Object.keys(fields) as Kind[];

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Writes the changed rows, one statement a table however many there are. */
export async function upsertRows(tx: Database, { dialogueId, rows }: Commit): Promise<void> {
  for (const kind of rowKinds) {
    const changed = rows[kind];
    if (!changed?.length) continue;
    const table = sql.table(snake(kind));
    const own = kind === 'dialogue' ? ['id'] : ['dialogue_id', 'id'];
    const columns = fields[kind].map(snake);
    const all = [...own, ...columns];
    const records = changed.map((row) => {
      const record: Record<string, unknown> = { dialogue_id: dialogueId, id: row.id };
      for (const field of fields[kind]) record[snake(field)] = row[field as keyof typeof row];
      return record;
    });
    await sql`
      insert into ${table} (${names(all)})
      select ${names(all)}
      from jsonb_populate_recordset(null::${table}, ${JSON.stringify(records)}::jsonb)
      on conflict (${names(own)}) do update
      set (${names(columns)}) = row (${excluded(columns)})
    `.execute(tx);
  }
}

/** Every row of a kind, as the domain has it. */
export async function readRows(
  tx: Database,
  dialogueId: string,
  kind: Kind,
): Promise<{ id: string }[]> {
  const own = kind === 'dialogue' ? 'id' : 'dialogue_id';
  const columns = ['id', ...fields[kind].map(snake)];
  const { rows } = await sql<{ id: string }>`
    select ${names(columns)} from ${sql.table(snake(kind))} where ${sql.ref(own)} = ${dialogueId}
  `.execute(tx);
  return rows;
}

/** Takes away the rows that are no more. */
export async function removeRows(tx: Database, { dialogueId, removed }: Commit): Promise<void> {
  for (const { kind, id } of removed) {
    await sql`
      delete from ${sql.table(snake(kind))} where dialogue_id = ${dialogueId} and id = ${id}
    `.execute(tx);
  }
}

const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));
const excluded = (columns: readonly string[]) =>
  sql.join(columns.map((column) => sql.ref(`excluded.${column}`)));
