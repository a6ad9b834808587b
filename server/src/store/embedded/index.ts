import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { hasCluster, openCluster, SUPERUSER, type Cluster } from './cluster.ts';
import { DataDirectoryInUse, PostgresFailed } from './errors.ts';
import { claimOwnership } from './ownership.ts';
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { locatePrograms, type Programs } from './programs.ts';

export { DataDirectoryInUse, PostgresFailed } from './errors.ts';

/** Long enough for crash recovery of a city's database on a slow disk. */
const READY_TIMEOUT_MS = 120_000;
/** How long a crashed owner's connection may take to be noticed by PostgreSQL. */
const STALE_HOLDER_TIMEOUT_MS = 5_000;
const RETRY_INTERVAL_MS = 50;
const DATABASE = 'nhipcau';

export interface EmbeddedPostgresOptions {
  /** The product's data directory; the database lives in `postgres` inside it. */
  dataDir: string;
  /** A fixed port; otherwise a free one is chosen once and remembered. */
  port?: number;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Called once when the database is gone and could not be brought back: the process must end. */
  onLost?: (error: Error) => void;
}

export interface EmbeddedPostgres {
  /** `postgres://…@127.0.0.1:PORT/nhipcau`, the password included. */
  url: string;
  /** True when PostgreSQL was running already, left by a server that was killed. */
  adopted: boolean;
  /** Stops PostgreSQL and waits for its end. Idempotent. Close all other connections before. */
  close(): Promise<void>;
}

interface Tenure {
  connection: pg.Client;
  port: number;
  adopted: boolean;
}

/**
 * Starts the product's own PostgreSQL, or adopts the one that a killed server left running.
 * Throws `DataDirectoryInUse` while another server lives on the same directory, and
 * `PostgresFailed` with PostgreSQL's own words when it cannot start.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log } = options;
  await mkdir(options.dataDir, { recursive: true });
  // PostgreSQL reports real paths; a symbolic link on the way would make it look like a stranger.
  const dataDir = await realpath(options.dataDir);
  const programs = await locatePrograms();
  const cluster = await openCluster(dataDir, programs);
  const takeOver = (port: number | undefined) => obtain(dataDir, cluster, programs, port);

  let tenure = await takeOver(options.port);
  const { port, adopted } = tenure;
  try {
    await createDatabase(tenure.connection);
  } catch (error) {
    await stopPostmaster(cluster, programs);
    throw error;
  }
  log.info({ dataDir, port, adopted }, 'embedded PostgreSQL is ready');

  let closing: Promise<void> | undefined;
  let recovering: Promise<void> = Promise.resolve();
  guard(tenure.connection);

  // A crash of one backend makes PostgreSQL drop every connection, the owner's lock with it.
  function guard(connection: pg.Client): void {
    connection.once('end', () => {
      if (closing) return;
      log.warn({ dataDir }, 'the connection that owns the database broke; taking it again');
      recovering = recover();
    });
  }

  async function recover(): Promise<void> {
    try {
      tenure = await takeOver(port);
      guard(tenure.connection);
      log.info({ dataDir, port }, 'embedded PostgreSQL is ours again');
    } catch (error) {
      log.error({ dataDir, err: error }, 'embedded PostgreSQL is lost');
      options.onLost?.(error as Error);
    }
  }

  async function closeInOrder(): Promise<void> {
    await recovering;
    await stopPostmaster(cluster, programs);
    await tenure.connection.end().catch(() => {});
    log.info({ dataDir }, 'embedded PostgreSQL stopped');
  }

  return {
    url: urlOf(cluster, port, DATABASE),
    adopted,
    close: () => (closing ??= closeInOrder()),
  };
}

/**
 * For a program that only looks: the PostgreSQL of a living server on this directory, or one
 * started for the while. `close` stops it only where it was started here. Throws `PostgresFailed`
 * where there is none yet: a mistyped directory is not to become an empty database.
 */
export async function visitEmbeddedPostgres(
  options: Pick<EmbeddedPostgresOptions, 'dataDir' | 'log'>,
): Promise<Pick<EmbeddedPostgres, 'url' | 'close'>> {
  if (!(await hasCluster(options.dataDir))) {
    throw new PostgresFailed(`There is no database in ${options.dataDir}; set DATA_DIR`, '');
  }
  try {
    return await startEmbeddedPostgres(options);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    const cluster = await openCluster(await realpath(options.dataDir), await locatePrograms());
    const port = (await findPostmaster(cluster))?.port;
    if (port === undefined) throw error;
    return { url: urlOf(cluster, port, DATABASE), close: () => Promise.resolve() };
  }
}

async function obtain(
  dataDir: string,
  cluster: Cluster,
  programs: Programs,
  port: number | undefined,
): Promise<Tenure> {
  const begun = Date.now();
  let adopted = true;
  let lastTrouble = '';
  for (;;) {
    const waitedMs = Date.now() - begun;
    if (waitedMs > READY_TIMEOUT_MS) {
      throw new PostgresFailed(`PostgreSQL in ${dataDir} does not become ready`, lastTrouble);
    }
    const postmaster = await findPostmaster(cluster);
    if (!postmaster) {
      adopted = false;
      await startPostmaster(cluster, programs, port);
      continue;
    }
    if (postmaster.port !== undefined) {
      const claim = await claimOwnership(urlOf(cluster, postmaster.port, 'postgres'));
      if (claim.outcome === 'owned') {
        return { connection: claim.connection, port: postmaster.port, adopted };
      }
      if (claim.outcome === 'held' && (claim.holderLives || waitedMs > STALE_HOLDER_TIMEOUT_MS)) {
        throw new DataDirectoryInUse(dataDir, claim.pid);
      }
      // Unreachable: it is still starting, recovering, or being stopped by its owner.
      if (claim.outcome === 'unreachable') lastTrouble = claim.reason.message;
    }
    await delay(RETRY_INTERVAL_MS);
  }
}

async function createDatabase(connection: pg.Client): Promise<void> {
  const found = await connection.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (found.rowCount === 0) await connection.query(`create database ${DATABASE}`);
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}
