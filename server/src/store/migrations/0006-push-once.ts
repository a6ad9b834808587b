import { type Kysely, sql } from 'kysely';

/** A browser tells one person of a dialogue, the one who asked for it last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `delete from push_subscription as older using push_subscription as newer
     where older.dialogue_id = newer.dialogue_id and older.endpoint = newer.endpoint
       and (older.created_at, older.person_id) < (newer.created_at, newer.person_id)`,
    `alter table push_subscription drop constraint push_subscription_pkey`,
    `alter table push_subscription add primary key (dialogue_id, endpoint)`,
    `create index push_subscription_person on push_subscription (dialogue_id, person_id)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
