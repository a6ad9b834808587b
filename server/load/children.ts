import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of that process's children whose command line holds the word (proc(5)). */
export function childrenOf(parent: number, word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) !== parent) return false;
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(word);
      } catch {
        // It ended while we looked.
        return false;
      }
    });
}

/** The media workers of a server's process. */
export const mediaWorkersOf = (server: number): number[] => childrenOf(server, 'mediasoup-worker');
