import pg from 'pg';
import { isAlive } from './postmaster.ts';

/** Any fixed number: the key of the one advisory lock that says "a server owns this database". */
const OWNER_LOCK = 7_203_664_521;
const APPLICATION_PREFIX = 'nhip-cau server ';

export type Claim =
  | { outcome: 'owned'; connection: pg.Client }
  | { outcome: 'held'; pid: number; holderLives: boolean }
  | { outcome: 'unreachable'; reason: Error };

/**
 * Tries to become the one server of this database: a session-level advisory lock on a connection
 * that lives as long as the server. The kernel closes the connection of a crashed process and
 * PostgreSQL then frees the lock, so a crash never leaves a stale refusal, which a lock file would.
 * The holder's process id is read from its connection's application name.
 */
export async function claimOwnership(url: string): Promise<Claim> {
  const connection = new pg.Client({
    connectionString: url,
    application_name: `${APPLICATION_PREFIX}${process.pid}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // Until the caller listens, a break shows up as the failure of the query under way.
  connection.on('error', () => {});
  try {
    await connection.connect();
    const lock = await connection.query('select pg_try_advisory_lock($1) as taken', [OWNER_LOCK]);
    if (lock.rows[0].taken) return { outcome: 'owned', connection };
    const pid = await readHolder(connection);
    await connection.end();
    // No holder to be seen: it went between the two queries, so it is worth another try.
    return { outcome: 'held', pid, holderLives: pid > 0 && isAlive(pid) };
  } catch (error) {
    await connection.end().catch(() => {});
    return { outcome: 'unreachable', reason: error as Error };
  }
}

async function readHolder(connection: pg.Client): Promise<number> {
  const holder = await connection.query(
    `select a.application_name as name
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and (l.classid::bigint << 32) + l.objid::bigint = $1`,
    [OWNER_LOCK],
  );
  const name: string = holder.rows[0]?.name ?? '';
  return Number(name.slice(APPLICATION_PREFIX.length)) || 0;
}
