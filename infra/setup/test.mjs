import { run } from './child.mjs';
import { getChromium } from './chromium.mjs';
import { buildClient } from './client.mjs';
import { installDependencies } from './dependencies.mjs';
import { findNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { ensureTestPrograms } from './programs.mjs';
import { getWorker } from './worker.mjs';

await installDependencies();
const node = findNode();
const chromium = await getChromium();
await ensureTestPrograms();
const worker = await getWorker();
await buildClient();

const vitest = inRoot('node_modules/vitest/vitest.mjs');
const { code } = await run(node, [vitest, 'run', ...process.argv.slice(2)], {
  env: { ...process.env, MEDIASOUP_WORKER_BIN: worker, CHROMIUM_BIN: chromium },
});
process.exit(code);
