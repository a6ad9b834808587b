import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rememberPort, type Cluster } from './cluster.ts';
import { PostgresFailed } from './errors.ts';
import { runProgram, type Programs } from './programs.ts';

const START_TIMEOUT_S = 60;
const STOP_TIMEOUT_S = 60;
const START_ATTEMPTS = 10;
const START_RETRY_MS = 200;

/**
 * On the command line rather than in postgresql.conf, so that a new release's settings reach
 * databases that exist already. Sized for one city's server that shares its machine with the
 * media workers: modest memory, everything durable, no just-in-time compilation (its warm-up
 * costs more than these short queries).
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
};

/** A living PostgreSQL of this cluster; `port` is missing in its very first moments. */
export interface Postmaster {
  pid: number;
  port: number | undefined;
}

/**
 * The PostgreSQL that runs on this cluster now, if any. A pid file left by a power cut can name a
 * process id that something else has by now; PostgreSQL would refuse to start on it for ever, so
 * such a file is removed here.
 */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const file = join(cluster.pgdata, 'postmaster.pid');
  const lines = await readFile(file, 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  );
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined;
  if (!isAlive(pid)) return undefined;
  if (!isPostgresOf(pid, cluster.pgdata)) {
    await rm(file, { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3]) || undefined };
}

/**
 * Starts PostgreSQL and waits until it answers. It outlives a crash of this process on purpose:
 * the next start adopts it. Two starts at once are settled by PostgreSQL's own lock file; the
 * loser returns as well and finds the winner's.
 */
export async function startPostmaster(
  cluster: Cluster,
  programs: Programs,
  wantedPort: number | undefined,
): Promise<void> {
  const log = join(cluster.home, 'start.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = wantedPort ?? (await choosePort(attempt === 1 ? cluster.port : undefined));
    await rm(log, { force: true });
    const settings = Object.entries({ ...SETTINGS, port: String(port) })
      .map(([name, value]) => `-c ${name}='${value}'`)
      .join(' ');
    const args = ['start', '-D', cluster.pgdata, '-l', log, '-w', '-t', String(START_TIMEOUT_S)];
    const { code, output } = await runProgram(
      cluster.account,
      programs.pg_ctl,
      [...args, '-o', settings],
      cluster.pgdata,
    );
    if (code === 0) return rememberPort(cluster, port);
    if (await findPostmaster(cluster)) return;
    // What keeps it from starting mostly passes: backends of a PostgreSQL that was killed need a
    // moment to notice it and go, and a passing connection of this machine may have its port.
    if (attempt === START_ATTEMPTS) {
      const reason = await readFile(log, 'utf8').catch(() => output);
      throw new PostgresFailed('PostgreSQL did not start', reason);
    }
    await delay(START_RETRY_MS);
  }
}

/**
 * Stops PostgreSQL the fast way (SIGINT to the postmaster: open transactions are rolled back, a
 * checkpoint is written) and waits for its end. Works for one that was adopted, too.
 */
export async function stopPostmaster(cluster: Cluster, programs: Programs): Promise<void> {
  const args = ['stop', '-D', cluster.pgdata, '-m', 'fast', '-w', '-t', String(STOP_TIMEOUT_S)];
  const { code, output } = await runProgram(cluster.account, programs.pg_ctl, args, cluster.pgdata);
  if (code !== 0 && (await findPostmaster(cluster))) {
    throw new PostgresFailed('PostgreSQL did not stop', output);
  }
}

/** Whether a process of this id lives; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isPostgresOf(pid: number, pgdata: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    // A zombie still has its id: where process 1 does not reap (many containers), for ever.
    if (!/^\d+ \(postgres\) [^ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return false;
    return readlinkSync(`/proc/${pid}/cwd`) === pgdata;
  } catch (error) {
    // In a container without CAP_SYS_PTRACE root may not read another user's working directory.
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred && (await listenOnce(preferred).catch(() => undefined))) return preferred;
  return listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : port));
    });
  });
}
