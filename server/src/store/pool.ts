import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

export interface PoolOptions {
  maxConnections: number;
  /**
   * How long the database may say nothing in the middle of a query, in ms; unset: as long as it
   * likes. The length of an answer does not count, only the silence in it.
   */
  silenceMs?: number;
}

/**
 * The database fell silent in the middle of a query. As whenever a connection is lost in one, it is
 * not known whether what was asked has happened: look it up. Who looks over the same pool finds what
 * stays so, for the lost session is ended before another connection is given.
 */
export class DatabaseSilent extends Error {
  constructor(silenceMs: number) {
    super(`the database has said nothing for ${silenceMs} ms in the middle of a query`);
    this.name = 'DatabaseSilent';
  }
}

/** How long a new connection may take, in ms. */
const connectMs = 5_000;
/** After how long an unused connection is asked whether it still stands, in ms. */
const keepAliveMs = 5_000;
/** How long unused connections are kept, in ms. */
const idleMs = 10_000;

/**
 * What every session is told. A name to end it by, should it fall silent; and that a node which is
 * gone without a word is noticed within half a minute, not the two hours of TCP's defaults, so that
 * its locks are free for others.
 */
const introduction = `
  select set_config('application_name', $1, false),
    set_config('tcp_keepalives_idle', '10', false),
    set_config('tcp_keepalives_interval', '5', false),
    set_config('tcp_keepalives_count', '3', false),
    set_config('tcp_user_timeout', '25000', false)
`;

/** How long the end of a lost session is waited for, in ms. */
const endingMs = 3_000;

/** Gives up a connection that does not come; who waits for one of the pool's own may wait longer. */
class TimelyClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: connectMs });
  }
}

/** A pool of connections of which none waits for ever for a database that is gone. */
export function openPool(url: string, options: PoolOptions): PostgresPool {
  const { maxConnections, silenceMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    // The types know a class that is made of nothing; the pool makes it of the options (pg-pool's
    // `newClient`).
    Client: TimelyClient as unknown as new () => pg.ClientBase,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    // When one is found silent, no other one is left that was last heard of before.
    idleTimeoutMillis: Math.min(idleMs, silenceMs ?? idleMs),
  });
  // A connection that the database ends fails the query it is used for; between two queries of a
  // transaction, or idle, nobody waits for it, and an error event unheard would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const names = new WeakMap<pg.PoolClient, string>();
  /** Sessions whose connection was lost in the middle of a query: they may still be at work. */
  const lost = new Set<string>();

  async function ask(client: pg.PoolClient, text: string, parameters: readonly unknown[]) {
    // With TLS it is another one than at first.
    const stream = client.connection.stream as Socket;
    const endWatch = silenceMs === undefined ? null : watch(stream, silenceMs);
    try {
      return await client.query(text, parameters as unknown[]);
    } catch (error) {
      if (stream.destroyed) lost.add(names.get(client)!);
      throw error;
    } finally {
      endWatch?.();
    }
  }

  async function introduce(client: pg.PoolClient): Promise<void> {
    const name = `nhip-cau ${randomUUID()}`;
    names.set(client, name);
    await ask(client, introduction, [name]);
  }

  /** Rejects while one of them is still there. */
  async function endLost(client: pg.PoolClient): Promise<void> {
    const sessions = [...lost];
    await ask(
      client,
      'select pg_terminate_backend(pid, $2) from pg_stat_activity where application_name = any($1)',
      [sessions, endingMs],
    );
    const { rowCount } = await ask(
      client,
      'select from pg_stat_activity where application_name = any($1)',
      [sessions],
    );
    if (rowCount !== 0) throw new Error('a session whose connection was lost does not end');
    for (const name of sessions) lost.delete(name);
  }

  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      try {
        if (!names.has(client)) await introduce(client);
        if (lost.size > 0) await endLost(client);
      } catch (error) {
        client.release(true);
        throw error;
      }
      // Of what the driver's own type has, Kysely calls these two.
      return {
        query: (text: string, parameters: readonly unknown[]) => ask(client, text, parameters),
        release: (destroy?: boolean) => client.release(destroy),
      } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

/** Ends the connection when nothing has come or gone for so long; returns what ends the watch. */
function watch(stream: Socket, silenceMs: number): () => void {
  const look = () => {
    const heard = stream.bytesRead;
    // Where the process itself stood still, what came meanwhile waits to be read.
    setImmediate(() => {
      if (stream.bytesRead === heard) stream.destroy(new DatabaseSilent(silenceMs));
    });
  };
  stream.on('timeout', look);
  stream.setTimeout(silenceMs);
  return () => {
    stream.off('timeout', look);
    if (stream.listenerCount('timeout') === 0) stream.setTimeout(0);
  };
}
