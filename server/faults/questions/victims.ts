import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../simulator/random.ts';

/** Kills the PostgreSQL of that data directory, or one of its connections' processes. */
export function killPostgres(
  dataDir: string,
  victim: 'postmaster' | 'backend',
  random: Random,
): boolean {
  const postmaster = postmasterOf(dataDir);
  const choices = victim === 'postmaster' ? [postmaster] : backendsOf(postmaster);
  const pid = choices.length > 0 ? random.pick(choices) : null;
  if (pid === null) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** From the file that PostgreSQL keeps; `null` while there is none. */
function postmasterOf(dataDir: string): number | null {
  try {
    const file = readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
    return Number(file.split('\n', 1)[0]) || null;
  } catch {
    return null;
  }
}

/** Processes that serve a connection, by what they call themselves (proc(5)). */
function backendsOf(postmaster: number | null): number[] {
  if (postmaster === null) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        if (parent !== postmaster) return false;
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(' 127.0.0.1(');
      } catch {
        return false;
      }
    });
}
