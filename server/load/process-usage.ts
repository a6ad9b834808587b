import { readFileSync } from 'node:fs';

/** What the kernel says of one process: all its threads. */
export interface ProcessUsage {
  /** CPU seconds since its start, in steps of 10 ms. */
  userSeconds: number;
  systemSeconds: number;
  /** Resident memory, in bytes. */
  rssBytes: number;
}

/** Ticks a second of the times in `/proc`: 100 on every Linux of today (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/** Reads `/proc/PID/stat` and `status` (proc(5)). Throws when there is no such process. */
export function usageOf(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field is the program's name in brackets and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return {
    userSeconds: Number(fields[11]) / ticksPerSecond,
    systemSeconds: Number(fields[12]) / ticksPerSecond,
    rssBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024,
  };
}
