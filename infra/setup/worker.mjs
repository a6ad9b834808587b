import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, inRoot } from './paths.mjs';
import { fail, say } from './say.mjs';
import { buildWorker } from './worker-build.mjs';
import { downloadWorker } from './worker-download.mjs';

/** What the worker exits with when it runs, but outside mediasoup (see its main.cpp). */
const EXIT_WITHOUT_MEDIASOUP = 41;

/**
 * Path of mediasoup's worker: MEDIASOUP_WORKER_BIN; else the cache of this version, filled by
 * mediasoup's own download or, where that is out of reach, by a build from its sources.
 */
export async function getWorker() {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) return runs(given) ? given : fail(`MEDIASOUP_WORKER_BIN: ${given} does not run here`);

  const { version, repository } = JSON.parse(
    readFileSync(inRoot('node_modules/mediasoup/package.json'), 'utf8'),
  );
  const dir = join(cacheDir(), 'mediasoup-worker', version);
  const worker = join(dir, 'mediasoup-worker');
  if (runs(worker)) return worker;

  mkdirSync(dir, { recursive: true });
  // Moved into place in one step: an interrupted start leaves no half file for the next one to
  // trust, and of two starts at once the last simply replaces the same file.
  const draft = join(dir, `.mediasoup-worker-${process.pid}`);
  try {
    const downloaded = (await downloadWorker(version, repository.url, draft)) && runs(draft);
    if (!downloaded) {
      say('no prebuilt mediasoup worker; building it from the sources inside its package');
      await buildWorker(draft);
      if (!runs(draft)) fail('the mediasoup worker was built but does not run here');
    }
    renameSync(draft, worker);
  } finally {
    rmSync(draft, { force: true });
  }
  say(`the mediasoup worker ${version} is in ${dir}`);
  return worker;
}

function runs(worker) {
  if (!existsSync(worker)) return false;
  return spawnSync(worker, [], { env: {}, timeout: 10_000 }).status === EXIT_WITHOUT_MEDIASOUP;
}
