import { readdirSync, rmSync } from 'node:fs';
import { step } from './child.mjs';
import { DEPENDENCIES_STAMP } from './dependencies.mjs';
import { inRoot } from './paths.mjs';
import { say } from './say.mjs';
import { fingerprint, hasStamp, writeStamp } from './stamp.mjs';

const STAMP = inRoot('client/dist/.built-from');
const NOT_INPUT = new Set(['dist', 'node_modules', 'e2e']);

/** Builds the pages, unless nothing that they are made of changed since the last build. */
export async function buildClient(node) {
  const client = readdirSync(inRoot('client')).filter((name) => !NOT_INPUT.has(name));
  const wanted = fingerprint([
    ...client.map((name) => inRoot('client', name)),
    inRoot('shared/src'),
    inRoot('package-lock.json'),
    // A new installation also removes what the build generates for the type check.
    DEPENDENCIES_STAMP,
  ]);
  if (hasStamp(STAMP, wanted)) return;
  say('building the pages');
  rmSync(STAMP, { force: true });
  const args = [inRoot('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'];
  await step('building the pages', node, args, { cwd: inRoot('client') });
  writeStamp(STAMP, wanted);
}
