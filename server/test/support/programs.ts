import { readdirSync, readlinkSync } from 'node:fs';

/** The ids of programs that work in that folder. */
export function programsIn(dir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => linkOf(`/proc/${name}/cwd`) === dir)
    .map(Number);
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // Ended meanwhile, or somebody else's.
    return null;
  }
}
