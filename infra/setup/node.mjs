import { spawnSync } from 'node:child_process';
import { inRoot } from './paths.mjs';
import { fail } from './say.mjs';

/** The first release that runs TypeScript without a flag. */
const NEEDED = [22, 18];

/**
 * The Node that runs the product: the locked one that npm installed, else the machine's own if it
 * is new enough.
 */
export function findNode() {
  const node = [inRoot('node_modules/.bin/node'), process.execPath].find(isNewEnough);
  if (node) return node;
  return fail(
    `Node ${NEEDED.join('.')} or newer is needed: this one is ${process.versions.node}, and npm has ` +
      `no package of it for ${process.platform}-${process.arch}. Install it from https://nodejs.org.`,
  );
}

function isNewEnough(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const [major, minor] = (stdout ?? '').replace('v', '').split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}
