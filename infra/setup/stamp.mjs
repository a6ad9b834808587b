import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Hash of the names, sizes and modification times below `paths`; cheap enough for every start. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return hash.update(`${path} missing\n`);
  if (!found.isDirectory()) return hash.update(`${path} ${found.size} ${found.mtimeMs}\n`);
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
  return hash;
}

/** Whether `file` holds `value`, as written by `writeStamp` after the work was done. */
export function hasStamp(file, value) {
  try {
    return readFileSync(file, 'utf8') === value;
  } catch {
    return false;
  }
}

export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}
