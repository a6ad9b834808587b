import { Worker } from 'node:worker_threads';
import type { Sheet } from './sheet.ts';

const limitMs = 60_000;

/** Writes a workbook in a thread of its own: a live dialogue must not wait for a spreadsheet. */
export function toXlsxApart(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./xlsx-thread.ts', import.meta.url), { workerData: sheets });
    const settle = (outcome: () => void) => {
      clearTimeout(limit);
      void thread.terminate();
      outcome();
    };
    const late = () => reject(new Error('writing a spreadsheet took too long'));
    const limit = setTimeout(() => settle(late), limitMs);
    thread.once('message', (bytes: Uint8Array) => settle(() => resolve(bytes)));
    thread.once('error', (error) => settle(() => reject(error)));
  });
}
