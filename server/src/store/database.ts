import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import * as foundation from './migrations/0001-foundation.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { rebuildRows } from './rebuild-rows.ts';
import * as queueAndFloor from './migrations/0002-queue-and-floor.ts';
import * as attachments from './migrations/0003-attachments.ts';
import * as similarQuestions from './migrations/0004-similar-questions.ts';
import * as push from './migrations/0005-push.ts';
import * as pushOnce from './migrations/0006-push-once.ts';
import * as rehearsalAndLines from './migrations/0007-rehearsal-and-lines.ts';
import * as recording from './migrations/0008-recording.ts';
import * as presentation from './migrations/0009-presentation.ts';
import * as rowsWithoutReferences from './migrations/0010-rows-without-references.ts';
import * as transcript from './migrations/0011-transcript.ts';
import * as transcriptSearch from './migrations/0012-transcript-search.ts';
import { openPool, type PoolOptions } from './pool.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

// `bigint` columns hold epoch milliseconds and log numbers: exact as numbers for 285,000 years.
const bigint = 20;
pg.types.setTypeParser(bigint, Number);

const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-queue-and-floor': queueAndFloor,
  '0004-similar-questions': similarQuestions,
  '0005-push': push,
  '0006-push-once': pushOnce,
  '0003-attachments': attachments,
  '0007-rehearsal-and-lines': rehearsalAndLines,
  '0008-recording': recording,
  '0009-presentation': presentation,
  '0010-rows-without-references': rowsWithoutReferences,
  '0011-transcript': transcript,
  '0012-transcript-search': transcriptSearch,
};

/** Opens a pool of connections. `destroy` of the returned database ends it. */
export function openDatabase(url: string, options: PoolOptions): Database {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool(url, options) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/**
 * Brings the schema to this version, and the read models to what it makes of the logs; of several
 * nodes one does. Throws when the database is newer than the program.
 */
export async function migrate(db: Database): Promise<void> {
  await oneAtATime(db, async (connection) => {
    const migrator = new Migrator({
      db: connection,
      provider: { getMigrations: () => Promise.resolve(migrations) },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    if (results?.length) await rebuildRows(connection);
  });
}

/** Rejects while the database does not answer. */
export async function checkDatabase(db: Database): Promise<void> {
  await sql`select 1`.execute(db);
}
