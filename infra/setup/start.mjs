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

const { code } = await run(node, [inRoot('server/src/main.ts'), ...process.argv.slice(2)], {
  env: { NODE_ENV: 'production', ...process.env, MEDIASOUP_WORKER_BIN: worker },
  ownGroup: true,
});
process.exit(code);
