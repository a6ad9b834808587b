import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { fail } from './say.mjs';

/** Programs that the tests start for real, and Debian's packages that have them. */
const packages = { 'redis-server': 'redis-server', ffmpeg: 'ffmpeg', turnserver: 'coturn' };

/** Path of the first of these programs that is on PATH. */
export function findProgram(names) {
  const dirs = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => dirs.map((dir) => join(dir, name))).find(isExecutable);
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes sure of every program that the tests start beside the browser. */
export async function ensureTestPrograms() {
  const missing = () => Object.keys(packages).filter((name) => !findProgram([name]));
  if (missing().length === 0) return;
  await ensureDebianPackages(
    missing().map((name) => packages[name]),
    'the integration test',
  );
  const left = missing();
  if (left.length > 0) fail(`installed but not on PATH: ${left.join(' ')}`);
}
