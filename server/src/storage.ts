import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Database, migrate, openDatabase } from './store/database.ts';
import { startEmbeddedPostgres } from './store/embedded/index.ts';
import { createDatabaseProbe, type DatabaseProbe } from './store/probe.ts';

export interface StorageParts {
  config: Config['data'];
  /** The embedded PostgreSQL is gone and could not be brought back. */
  onLost: (error: Error) => void;
  /** Takes what closes each part, in the order in which they were opened. */
  closers: (() => Promise<void> | void)[];
  log: Logger;
}

export interface Storage {
  db: Database;
  /** The same without a limit, for what may rightly take long: migrations, waiting for a node's. */
  patientDb: Database;
  probe: DatabaseProbe;
}

/** Opens the database, at this version's schema; starts the embedded one where none is named. */
export async function openStorage({
  config,
  onLost,
  closers,
  log,
}: StorageParts): Promise<Storage> {
  let url = config.databaseUrl;
  if (url === undefined) {
    const embedded = await startEmbeddedPostgres({ dataDir: config.dir, log, onLost });
    closers.push(() => embedded.close());
    url = embedded.url;
  }
  const db = openDatabase(url, { maxConnections: 10, silenceMs: config.silenceSeconds * 1_000 });
  const patientDb = openDatabase(url, { maxConnections: 1 });
  closers.push(
    () => db.destroy(),
    () => patientDb.destroy(),
  );
  await migrate(patientDb);
  const probe = createDatabaseProbe(url);
  closers.push(() => probe.close());
  return { db, patientDb, probe };
}
