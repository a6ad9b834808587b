import { Worker } from 'node:worker_threads';
import type { ParseAnswer } from './parse-thread.ts';
import type { ParsedFile } from './rows.ts';
import { UnreadableFile } from './table.ts';

// Wall-clock time: generous, because the live dialogue on the same cores comes first.
const limitMs = 60_000;
const resourceLimits = { maxOldGenerationSizeMb: 384 };

/**
 * Reads a file in a thread of its own: a live dialogue must not wait for a spreadsheet, and one
 * that takes too much memory or time ends alone. Throws `UnreadableFile`.
 */
export function parseApart(bytes: Uint8Array): Promise<ParsedFile> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./parse-thread.ts', import.meta.url), {
      workerData: bytes,
      resourceLimits,
    });
    const settle = (outcome: () => void) => {
      clearTimeout(limit);
      void thread.terminate();
      outcome();
    };
    const limit = setTimeout(() => settle(() => reject(new UnreadableFile('too_large'))), limitMs);
    thread.once('message', (answer: ParseAnswer) =>
      settle(() =>
        'parsed' in answer ? resolve(answer.parsed) : reject(new UnreadableFile(answer.unreadable)),
      ),
    );
    thread.once('error', (error: NodeJS.ErrnoException) =>
      settle(() =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new UnreadableFile('too_large') : error),
      ),
    );
  });
}
