import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountFor, type Account } from './account.ts';
import { PostgresFailed } from './errors.ts';
import { runProgram, type Programs } from './programs.ts';

export const SUPERUSER = 'nhipcau';

/** Where one embedded PostgreSQL keeps everything: `DATA_DIR/postgres`. */
export interface Cluster {
  /** `DATA_DIR/postgres`: the connection file, the start log and the cluster itself. */
  home: string;
  /** PostgreSQL's own data directory, inside `home`. */
  pgdata: string;
  account: Account | undefined;
  password: string;
  /** The port used last; PostgreSQL's own postmaster.pid says which one is in use now. */
  port: number | undefined;
}

/** Whether a data directory has a cluster. */
export const hasCluster = (dataDir: string): Promise<boolean> => exists(homeIn(dataDir));

/** Opens the cluster of a data directory, initialising it on first use (about 1 s). */
export async function openCluster(dataDir: string, programs: Programs): Promise<Cluster> {
  const home = homeIn(dataDir);
  if (!(await exists(home))) await initialise(dataDir, home, programs);
  return readCluster(home);
}

/** Remembers the port, so that addresses noted by an operator stay right after a restart. */
export async function rememberPort(cluster: Cluster, port: number): Promise<void> {
  if (cluster.port === port) return;
  cluster.port = port;
  await writeConnectionFile(cluster.home, cluster.password, port);
}

const homeIn = (dataDir: string) => join(dataDir, 'postgres');

async function readCluster(home: string): Promise<Cluster> {
  const pgdata = join(home, 'cluster');
  try {
    const { password, port } = JSON.parse(await readFile(join(home, 'connection.json'), 'utf8'));
    return { home, pgdata, account: accountFor(await stat(pgdata)), password, port };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    throw new PostgresFailed(
      `${home} belongs to another user; start the server as that user or set DATA_DIR`,
      '',
    );
  }
}

/**
 * Builds the cluster beside its place and moves it there in one step: an interrupted first start
 * leaves no half-made database, and of two first starts at once exactly one wins.
 */
async function initialise(dataDir: string, home: string, programs: Programs): Promise<void> {
  const draft = await mkdtemp(join(dataDir, '.postgres-init-'));
  try {
    const account = accountFor(undefined);
    const password = randomBytes(24).toString('base64url');
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account) {
      await chown(draft, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    const pgdata = join(draft, 'cluster');
    const args = [
      `--pgdata=${pgdata}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      // The builtin provider orders by code point and needs no locale on the machine, so an
      // upgrade of ICU or libc never invalidates an index; Vietnamese order is asked for where it
      // matters, with the collation "vi-x-icu".
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const { code, output } = await runProgram(account, programs.initdb, args, pgdata);
    if (code !== 0) throw new PostgresFailed('PostgreSQL could not create its database', output);
    await rm(passwordFile);
    await writeConnectionFile(draft, password, undefined);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    const lostTheRace = ['ENOTEMPTY', 'EEXIST'].includes(
      (error as NodeJS.ErrnoException).code ?? '',
    );
    if (!lostTheRace) throw error;
  }
}

async function writeConnectionFile(home: string, password: string, port: number | undefined) {
  const file = join(home, 'connection.json');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify({ user: SUPERUSER, password, port })}\n`, {
    mode: 0o600,
  });
  await rename(draft, file);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
