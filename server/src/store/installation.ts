import { sql } from 'kysely';
import type { Database } from './database.ts';

/** A name of this database that no other one has, wherever it is reached. */
export async function installationOf(db: Database): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select system_identifier || '-' || oid as name
    from pg_control_system(), pg_database where datname = current_database()
  `.execute(db);
  return rows[0]!.name;
}
