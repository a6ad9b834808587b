import { type Kysely, sql } from 'kysely';

/** Tables of read models that belong to a dialogue. */
const tables = [
  'bridge_point',
  'member',
  'person',
  'question',
  'hand',
  'turn',
  'transcript_line',
  'note',
  'support',
  'attendee',
  'readiness',
  'line',
  'line_message',
  'equipment',
  'deck',
];

/**
 * The log alone writes these rows, in the transaction of their entries, and `verify-log` holds them
 * against it; a reference looked up the same dialogue again for each of thousands.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) {
    await sql`
      alter table ${sql.table(table)} drop constraint ${sql.ref(`${table}_dialogue_id_fkey`)}
    `.execute(db);
  }
}
