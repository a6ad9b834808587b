import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { dirname, join } from 'node:path';
import { say } from './say.mjs';

/** Short: on a closed network the packets may vanish without an answer. */
const TIME_LIMIT_MS = 15_000;

/**
 * Downloads the prebuilt worker as mediasoup's own install script does (the name and the address
 * are made in its npm-scripts.mjs), but with a time limit. Tells whether `output` is there.
 */
export async function downloadWorker(version, repositoryUrl, output) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return false;
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ||
    `${repositoryUrl.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const kernel = platform() === 'linux' ? `-kernel${release().split('.')[0]}` : '';
  const url = `${base}/${version}/mediasoup-worker-${version}-${platform()}-${arch()}${kernel}.tgz`;
  say(`downloading the mediasoup worker from ${url}`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    unpack(Buffer.from(await response.arrayBuffer()), output);
    return true;
  } catch (error) {
    say(`the download did not work: ${error.cause?.message ?? error.message}`);
    return false;
  }
}

function unpack(archive, output) {
  // Beside its place, because a rename cannot cross file systems.
  const dir = mkdtempSync(join(dirname(output), '.download-'));
  try {
    writeFileSync(join(dir, 'worker.tgz'), archive);
    const tar = spawnSync('tar', ['-xzf', 'worker.tgz', 'mediasoup-worker'], { cwd: dir });
    if (tar.status !== 0) throw new Error('the archive cannot be unpacked');
    chmodSync(join(dir, 'mediasoup-worker'), 0o755);
    renameSync(join(dir, 'mediasoup-worker'), output);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
