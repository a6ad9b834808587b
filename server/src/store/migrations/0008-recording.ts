import { type Kysely, sql } from 'kysely';

/** Whether a dialogue is recorded and broadcast; the files are on the disk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table dialogue
      add column recording_since bigint,
      add column broadcast_since bigint,
      add column broadcast_code text
  `.execute(db);
}
