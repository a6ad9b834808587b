import { ensureDebianPackages } from './debian.mjs';
import { findProgram, isExecutable } from './programs.mjs';
import { fail } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of the Chromium for the end-to-end tests: CHROMIUM_BIN, else one from PATH. */
export async function getChromium() {
  const given = process.env.CHROMIUM_BIN;
  if (given) return isExecutable(given) ? given : fail(`CHROMIUM_BIN: ${given} is no program`);
  const found = findProgram(NAMES);
  if (found) return found;
  await ensureDebianPackages(['chromium'], 'the end-to-end test');
  return findProgram(NAMES) ?? fail('Chromium is installed but not on PATH; set CHROMIUM_BIN');
}
