import { run } from './child.mjs';
import { buildClient } from './client.mjs';
import { installDependencies } from './dependencies.mjs';
import { findNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { getWorker } from './worker.mjs';

await installDependencies();
const node = findNode();
const worker = await getWorker();
await buildClient();

// With less, what thousands ask at once is moved about too often; more is memory for little.
const flags = ['--max-semi-space-size=64'];
const { code } = await run(
  node,
  [...flags, inRoot('server/src/main.ts'), ...process.argv.slice(2)],
  {
    env: { NODE_ENV: 'production', ...process.env, MEDIASOUP_WORKER_BIN: worker },
    ownGroup: true,
  },
);
process.exit(code);
