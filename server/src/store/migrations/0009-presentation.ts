import { type Kysely, sql } from 'kysely';

/** What is shown beside the speakers, and the documents that are ready for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table dialogue add column presentation jsonb`.execute(db);
  await sql`
    create table deck (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      title text not null,
      pages integer not null,
      primary key (dialogue_id, id)
    )
  `.execute(db);
}
