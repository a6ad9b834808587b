/** Puts mediasoup's worker where the image wants it: `node prepare-worker.mjs OUTPUT`. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { getWorker } from '../setup/worker.mjs';

const output = process.argv[2];
mkdirSync(dirname(output), { recursive: true });
copyFileSync(await getWorker(), output);
