import { parentPort, workerData } from 'node:worker_threads';
import { parseFile } from './parse.ts';
import type { ParsedFile } from './rows.ts';
import { UnreadableFile } from './table.ts';

export type ParseAnswer = { parsed: ParsedFile } | { unreadable: UnreadableFile['reason'] };

async function answer(): Promise<ParseAnswer> {
  try {
    return { parsed: await parseFile(workerData as Uint8Array) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { unreadable: error.reason };
    throw error;
  }
}

parentPort?.postMessage(await answer());
