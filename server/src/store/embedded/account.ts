import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PostgresFailed } from './errors.ts';

/** The system user that PostgreSQL runs as when the server itself is root. */
export interface Account {
  uid: number;
  gid: number;
}

const SYSTEM_USER = 'postgres';
const CAP_DAC_OVERRIDE = 1n << 1n;
const CAP_DAC_READ_SEARCH = 1n << 2n;

/**
 * PostgreSQL refuses to run as root. Returns the account to run it under: the owner of a cluster
 * that exists already, else the system user `postgres` (created when absent). `undefined` for an
 * ordinary user, who runs it plainly.
 */
export function accountFor(clusterOwner: Account | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (clusterOwner && clusterOwner.uid !== 0) return clusterOwner;
  return findUser(SYSTEM_USER) ?? createUser(SYSTEM_USER);
}

/**
 * Wraps a command so that it runs under `account`.
 *
 * A clone under /root or in a private temporary directory cannot be traversed by another user,
 * while the programs and the data are inside it. Opening those directories to everybody would be
 * worse than the alternative taken here: where (and only where) an ancestor is closed, PostgreSQL
 * keeps the one capability to search and read past it. CAP_DAC_READ_SEARCH is enough; Docker's
 * default set lacks it but has CAP_DAC_OVERRIDE, which includes it.
 */
export function asAccount(
  account: Account | undefined,
  paths: readonly string[],
  command: readonly string[],
): string[] {
  if (!account) return [...command];
  const capability = paths.every(isTraversable) ? [] : keepCapability();
  // access(2), by which initdb looks for its sister programs, ignores the capabilities of an
  // ordinary user unless this bit is set. The next exec still drops all but the ambient one.
  if (capability.length > 0) capability.unshift('--securebits=+no_setuid_fixup');
  return [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    ...capability,
    ...command,
  ];
}

function isTraversable(path: string): boolean {
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) return false;
    if (dir === dirname(dir)) return true;
  }
}

function keepCapability(): string[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  if (bounding & CAP_DAC_READ_SEARCH) {
    return ['--inh-caps=-all,+dac_read_search', '--ambient-caps=+dac_read_search'];
  }
  if (bounding & CAP_DAC_OVERRIDE) {
    return ['--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override'];
  }
  return [];
}

function findUser(name: string): Account | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

function createUser(name: string): Account {
  try {
    const options = [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
    ];
    execFileSync('useradd', [...options, name], { stdio: 'pipe' });
  } catch (error) {
    // Two servers that start at once on a new machine both come here: the user may exist by now.
    const user = findUser(name);
    if (user) return user;
    throw new PostgresFailed(`Cannot create the system user ${name}`, String(error));
  }
  const user = findUser(name);
  if (!user) throw new PostgresFailed(`The system user ${name} is missing from /etc/passwd`, '');
  return user;
}
