import { readdirSync, rmSync } from 'node:fs';
import { step } from './child.mjs';
import { DEPENDENCIES_STAMP } from './dependencies.mjs';
import { inRoot } from './paths.mjs';
import { say } from './say.mjs';
import { fingerprint, hasStamp, writeStamp } from './stamp.mjs';

const STAMP = inRoot('client/dist/.built-from');
const NOT_INPUT = new Set(['dist', 'node_modules', 'e2e']);

/** Builds the pages, unless nothing that they are made of changed since the last build. */
export async function buildClient() {
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
  // The package's own script: it knows which pages are built apart.
  await step('building the pages', 'npm', ['run', '--silent', 'build', '--workspace', 'client'], {
    cwd: inRoot('.'),
  });
  writeStamp(STAMP, wanted);
}
