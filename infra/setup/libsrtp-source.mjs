import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from './paths.mjs';
import { fail, say } from './say.mjs';

/** Debian 12's source package, with the checksum that its signed description (.dsc) names. */
const FILE = 'libsrtp2_2.5.0.orig.tar.gz';
const SHA256 = '8a43ef8e9ae2b665292591af62aa1a4ae41e468b6d98d8258f91478735da4e09';
const POOL = 'pool/main/libs/libsrtp2';
const DEFAULT_MIRROR = 'http://deb.debian.org/debian';
const TIME_LIMIT_MS = 15_000;

/**
 * Path of the sources of libsrtp2: LIBSRTP_SOURCES; else the cache, filled from the pool of the
 * Debian mirrors that this machine installs from (no deb-src is needed), else of Debian's own.
 * Undefined where they cannot be had.
 */
export async function getLibsrtpSources() {
  const given = process.env.LIBSRTP_SOURCES;
  if (given) return isRight(given) ? given : fail(`LIBSRTP_SOURCES: ${given} is not ${FILE}`);

  const dir = join(cacheDir(), 'sources');
  const file = join(dir, FILE);
  if (isRight(file)) return file;
  mkdirSync(dir, { recursive: true });
  const draft = join(dir, `.${process.pid}-${FILE}`);
  try {
    for (const mirror of mirrors()) {
      const url = `${mirror}/${POOL}/${FILE}`;
      say(`downloading the sources of libsrtp2 from ${url}`);
      const arrived = fetchByApt(url, draft) || (await fetchByNode(url, draft));
      if (!arrived || !isRight(draft)) continue;
      renameSync(draft, file);
      return file;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return undefined;
}

function mirrors() {
  const format = ['indextargets', '--format', '$(SITE)'];
  const { stdout } = spawnSync('apt-get', format, { encoding: 'utf8' });
  const sites = (stdout ?? '').split('\n').filter((site) => site.endsWith('/debian'));
  return new Set([...sites, DEFAULT_MIRROR]);
}

/** apt's own way, which knows the machine's proxy. */
function fetchByApt(url, output) {
  const helper = '/usr/lib/apt/apt-helper';
  const args = ['-o', `Acquire::http::Timeout=${TIME_LIMIT_MS / 1_000}`, 'download-file'];
  return spawnSync(helper, [...args, url, output, `SHA256:${SHA256}`]).status === 0;
}

async function fetchByNode(url, output) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    writeFileSync(output, Buffer.from(await response.arrayBuffer()));
    return true;
  } catch (error) {
    say(`the download did not work: ${error.cause?.message ?? error.message}`);
    return false;
  }
}

function isRight(file) {
  if (!existsSync(file)) return false;
  return createHash('sha256').update(readFileSync(file)).digest('hex') === SHA256;
}
