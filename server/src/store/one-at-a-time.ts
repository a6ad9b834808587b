import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Any number, the same for all nodes of a database, and none that Kysely's migrator uses. */
const lockKey = 20_261_122;

/**
 * Runs the job while no other node of this database runs one: what the first nodes find empty only
 * one of them fills. Waits its turn; a node that dies lets go with its connection (PostgreSQL,
 * 9.28.10, advisory locks). The job is given the connection that holds the lock.
 */
export function oneAtATime<T>(db: Database, job: (connection: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lockKey})`.execute(connection);
    try {
      return await job(connection);
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(connection);
    }
  });
}
