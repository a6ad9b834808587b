import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { fail } from './say.mjs';

/** Programs that the tests start for real, and Debian's packages that have them. */
const programs = {
  'redis-server': 'redis-server',
  ffmpeg: 'ffmpeg',
  turnserver: 'coturn',
  'espeak-ng': 'espeak-ng',
};

/** What else they use: a speech recogniser for Debian's own Python, and its model. */
const files = {
  '/usr/lib/python3/dist-packages/pocketsphinx': 'python3-pocketsphinx',
  '/usr/share/pocketsphinx/model/en-us/en-us': 'pocketsphinx-en-us',
};

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
  const missing = () => [
    ...Object.entries(programs).filter(([name]) => !findProgram([name])),
    ...Object.entries(files).filter(([path]) => !existsSync(path)),
  ];
  if (missing().length === 0) return;
  await ensureDebianPackages(
    missing().map(([, name]) => name),
    'the integration test',
  );
  const left = missing().map(([what]) => what);
  if (left.length > 0) fail(`installed but not to be found: ${left.join(' ')}`);
}
