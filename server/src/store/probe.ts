import pg from 'pg';

/** How long an answer may take, in ms. */
const answerMs = 3_000;

/** Asks whether the database answers, over a connection of its own. */
export interface DatabaseProbe {
  /** Rejects when it does not, or not in time; the next look begins a new connection then. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** A pool that is busy says nothing of the database, nor does a connection that died unnoticed. */
export function createDatabaseProbe(url: string): DatabaseProbe {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    query_timeout: answerMs,
    connectionTimeoutMillis: answerMs,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    look: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  };
}
