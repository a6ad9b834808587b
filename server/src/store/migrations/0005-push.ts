import { type Kysely, sql } from 'kysely';

/** Browsers that want to be told of their questions, and the keys by which they know the server. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table push_key (
       id integer primary key check (id = 1),
       public_key text not null,
       private_key text not null
     )`,
    `create table push_subscription (
       dialogue_id uuid not null,
       person_id uuid not null,
       endpoint text not null,
       p256dh text not null,
       auth text not null,
       created_at bigint not null,
       primary key (dialogue_id, person_id, endpoint)
     )`,
    `create index push_subscription_endpoint on push_subscription (endpoint)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
