import { type Kysely, sql } from 'kysely';

/** What people add to their questions; the log only names it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table attachment (
       id uuid primary key,
       dialogue_id uuid not null,
       owner text not null,
       kind text not null check (kind in ('picture', 'document')),
       pages integer not null,
       bytes bigint not null,
       created_at bigint not null
     )`,
    `create index attachment_dialogue on attachment (dialogue_id, owner)`,
    `create index attachment_created on attachment (created_at)`,
    `create table attachment_page (
       attachment_id uuid not null references attachment (id) on delete cascade,
       number integer not null,
       width integer not null,
       height integer not null,
       jpeg bytea not null,
       primary key (attachment_id, number)
     )`,
    // JPEG does not get smaller: no time is to be spent on trying.
    `alter table attachment_page alter column jpeg set storage external`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
