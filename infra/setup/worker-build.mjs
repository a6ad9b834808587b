import { run } from './child.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { inRoot } from './paths.mjs';
import { fail, say } from './say.mjs';

const BUILD_PACKAGES = [
  'g++',
  'meson',
  'ninja-build',
  'pkg-config',
  'libuv1-dev',
  'libssl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
  'libabsl-dev',
];

/**
 * Builds the worker (3 to 5 minutes on two cores) with its progress shown; writes `output`. With
 * the sources of libsrtp2 it is the fast one, without them a stock one on Debian's libsrtp2.
 */
export async function buildWorker(output, libsrtpSources) {
  const packages = libsrtpSources ? ['make', 'patch'] : ['libsrtp2-dev'];
  await ensureDebianPackages([...BUILD_PACKAGES, ...packages], 'building the mediasoup worker');
  say('building the mediasoup worker: 3 to 5 minutes on two cores, once for this version');
  const progress = createProgress();
  let tail = '';
  const { code, stopped } = await run(
    'sh',
    [
      inRoot('infra/mediasoup-worker/build.sh'),
      inRoot('node_modules/mediasoup'),
      output,
      ...(libsrtpSources ? [libsrtpSources] : []),
    ],
    {
      ownGroup: true,
      stopGroup: true,
      onOutput: (chunk) => {
        tail = (tail + chunk).slice(-4_000);
        progress.read(chunk);
      },
    },
  );
  progress.end();
  if (stopped) process.exit(130);
  if (code !== 0) fail(`the build failed (exit code ${code}):\n${tail}`);
}

/** Shows ninja's `[n/m]`: one living line in a terminal, else a line every tenth of the way. */
export function createProgress(out = process.stderr) {
  const started = Date.now();
  let shownTenth = 0;
  return {
    read(chunk) {
      const steps = [...chunk.matchAll(/^\[(\d+)\/(\d+)\]/gm)].at(-1);
      if (!steps) return;
      const [done, all] = [Number(steps[1]), Number(steps[2])];
      const minutes = ((Date.now() - started) / 60_000).toFixed(1);
      const line = `[setup] mediasoup worker: ${done} of ${all} steps, ${minutes} min`;
      const tenth = Math.floor((done / all) * 10);
      if (out.isTTY) out.write(`\r${line}`);
      else if (tenth > shownTenth) out.write(`${line}\n`);
      shownTenth = Math.max(shownTenth, tenth);
    },
    end() {
      if (out.isTTY) out.write('\n');
    },
  };
}
