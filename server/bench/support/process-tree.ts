import { readdirSync, readFileSync } from 'node:fs';
import { usageOf } from '../../load/process-usage.ts';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Chromium's `--type`: `renderer`, `gpu-process`, …; `browser` for whoever names none. */
  readonly kind: string;
}

/** What each kind of process of a tree had used, in CPU seconds, by process. */
export type TreeUsage = ReadonlyMap<number, { readonly kind: string; readonly seconds: number }>;

/** A process and all below it. */
export function treeFrom(root: number, all: readonly Process[]): Process[] {
  const below = all.filter(({ pid, parent }) => parent === root && pid !== root);
  return [
    ...all.filter(({ pid }) => pid === root),
    ...below.flatMap(({ pid }) => treeFrom(pid, all)),
  ];
}

/** CPU that a process and all below it have used until now (proc(5)). */
export function treeUsageOf(root: number): TreeUsage {
  const usage = new Map<number, { kind: string; seconds: number }>();
  for (const { pid, kind } of treeFrom(root, processes())) {
    try {
      const { userSeconds, systemSeconds } = usageOf(pid);
      usage.set(pid, { kind, seconds: userSeconds + systemSeconds });
    } catch {
      // It ended while we looked.
    }
  }
  return usage;
}

/**
 * CPU seconds between two looks, by kind. A process that came between them counts from its start;
 * of one that ended nobody can say what it used since the first look.
 */
export function usedBetween(before: TreeUsage, after: TreeUsage): Map<string, number> {
  const used = new Map<string, number>();
  for (const [pid, { kind, seconds }] of after) {
    const since = seconds - (before.get(pid)?.seconds ?? 0);
    used.set(kind, (used.get(kind) ?? 0) + since);
  }
  return used;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        // The second field is the program's name in brackets and may hold spaces.
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const words = readFileSync(`/proc/${name}/cmdline`, 'latin1').split(/[\0 ]/);
        const type = words.find((word) => word.startsWith('--type='));
        return [{ pid: Number(name), parent, kind: type?.slice('--type='.length) ?? 'browser' }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}
