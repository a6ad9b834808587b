import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { fail } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of the Chromium for the end-to-end tests: CHROMIUM_BIN, else one from PATH. */
export async function getChromium() {
  const given = process.env.CHROMIUM_BIN;
  if (given) return isExecutable(given) ? given : fail(`CHROMIUM_BIN: ${given} is no program`);
  const found = search();
  if (found) return found;
  await ensureDebianPackages(['chromium'], 'the end-to-end test');
  return search() ?? fail('Chromium is installed but not on PATH; set CHROMIUM_BIN');
}

function search() {
  const dirs = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => dirs.map((dir) => join(dir, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
