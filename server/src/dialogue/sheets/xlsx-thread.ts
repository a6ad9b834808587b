import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from './sheet.ts';
import { toXlsx } from './xlsx.ts';

parentPort?.postMessage(await toXlsx(workerData as Sheet[]));
