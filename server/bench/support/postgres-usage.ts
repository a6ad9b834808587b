import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usageOf } from '../../load/process-usage.ts';

/**
 * CPU seconds that the PostgreSQL of a data directory has used, all its living processes together.
 * Take the difference of two, between which no connection was opened or closed.
 */
export function postgresSeconds(dataDir: string): number {
  const [line] = readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  const postmaster = Number(line);
  let seconds = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const pid = Number(name);
      if (pid !== postmaster && parentOf(pid) !== postmaster) continue;
      const { userSeconds, systemSeconds } = usageOf(pid);
      seconds += userSeconds + systemSeconds;
    } catch {
      // It ended while we looked.
    }
  }
  return seconds;
}

/** The fourth field of `/proc/PID/stat` (proc(5)); the second is a name in brackets. */
function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
