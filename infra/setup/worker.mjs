import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDir, inRoot } from './paths.mjs';
import { fail, say } from './say.mjs';
import { getLibsrtpSources } from './libsrtp-source.mjs';
import { buildWorker } from './worker-build.mjs';
import { downloadWorker } from './worker-download.mjs';

/** What the worker exits with when it runs, but outside mediasoup (see its main.cpp). */
const EXIT_WITHOUT_MEDIASOUP = 41;

/**
 * The kinds of worker, the preferred one first, by the names of their folders in the cache: our own
 * build; mediasoup's, downloaded; a stock build, where the sources of libsrtp2 were out of reach. A
 * change of the build changes its name, so that nobody goes on with an older one.
 */
const KINDS = { built: 'openssl-3', downloaded: 'prebuilt', stock: 'stock' };

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
  const root = join(cacheDir(), 'mediasoup-worker');
  const pathOf = (kind) => join(root, `${version}-${KINDS[kind]}`, 'mediasoup-worker');
  const cached = Object.keys(KINDS).map(pathOf).find(runs);
  if (cached) return cached;

  mkdirSync(root, { recursive: true });
  // Moved into place in one step: an interrupted start leaves no half file for the next one to
  // trust, and of two starts at once the last simply replaces the same file.
  const draft = join(root, `.mediasoup-worker-${process.pid}`);
  try {
    const worker = pathOf(await makeWorker(version, repository.url, draft));
    mkdirSync(dirname(worker), { recursive: true });
    renameSync(draft, worker);
    say(`the mediasoup worker is ${worker}`);
    return worker;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Downloads or builds it as `output`; says which kind it is. */
async function makeWorker(version, repositoryUrl, output) {
  if ((await downloadWorker(version, repositoryUrl, output)) && runs(output)) return 'downloaded';
  say('no prebuilt mediasoup worker; building it from the sources inside its package');
  const sources = await getLibsrtpSources();
  if (!sources) {
    say(
      'the sources of libsrtp2 cannot be had (see LIBSRTP_SOURCES in docs/operations.md): ' +
        'building the stock worker, which takes twice the CPU',
    );
  }
  await buildWorker(output, sources);
  if (!runs(output)) fail('the mediasoup worker was built but does not run here');
  return sources ? 'built' : 'stock';
}

function runs(worker) {
  if (!existsSync(worker)) return false;
  return spawnSync(worker, [], { env: {}, timeout: 10_000 }).status === EXIT_WITHOUT_MEDIASOUP;
}
