import { type Kysely, sql } from 'kysely';

/**
 * What questions are compared by. Derived from their wording whenever somebody asks for those
 * alike, and no part of the read models: these may be written anew without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // Trusted: whoever owns the database may create it (PostgreSQL 18, F.33).
    `create extension if not exists pg_trgm`,
    `create table question_search (
       dialogue_id uuid not null,
       id uuid not null,
       revision integer not null,
       plain text not null,
       marked text not null,
       pairs integer[] not null,
       primary key (dialogue_id, id)
     )`,
    `create table question_pair (
       dialogue_id uuid not null,
       pair integer not null,
       id uuid not null,
       primary key (dialogue_id, pair, id)
     )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
