import { type Kysely, sql } from 'kysely';

/**
 * What transcripts are searched by: a line as those read it who correct it, and as it is published.
 * Derived whenever somebody searches, and no part of the read models. Removed lines have no words.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table transcript_search (
       dialogue_id uuid not null,
       id uuid not null,
       revision integer not null,
       at bigint not null,
       plain text not null,
       marked text not null,
       public_plain text not null,
       public_marked text not null,
       primary key (dialogue_id, id)
     )`,
    `create index transcript_search_plain on transcript_search using gin (plain gin_trgm_ops)`,
    `create index transcript_search_public on transcript_search
       using gin (public_plain gin_trgm_ops)`,
    // How far of each log its lines were taken in.
    `create table transcript_search_head (
       dialogue_id uuid primary key,
       seq bigint not null
     )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
