import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Refusal } from '../kernel/refusal.ts';
import { UnreadableFile } from './table.ts';

// Wall-clock time: generous, because the live dialogue on the same cores comes first.
const limitMs = 60_000;
const resourceLimits = { maxOldGenerationSizeMb: 384 };

type Answer<Parsed> = { parsed: Parsed } | { unreadable: UnreadableFile['reason'] };

/**
 * Has a file read by the module at `thread`, in a thread of its own: a live dialogue must not wait
 * for a spreadsheet, and one that takes too much memory or time ends alone. Throws
 * `file_unreadable` with the reason.
 */
export function parseApart<Given, Parsed>(thread: URL, given: Given): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: given, resourceLimits });
    const settle = (outcome: () => void) => {
      clearTimeout(limit);
      void worker.terminate();
      outcome();
    };
    const refuse = (reason: UnreadableFile['reason']) =>
      settle(() => reject(new Refusal('file_unreadable', { reason })));
    const limit = setTimeout(() => refuse('too_large'), limitMs);
    worker.once('message', (answer: Answer<Parsed>) => {
      if ('parsed' in answer) settle(() => resolve(answer.parsed));
      else refuse(answer.unreadable);
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('too_large');
      else settle(() => reject(error));
    });
  });
}

/** The other side, for the module of the thread: parses what was given and answers. */
export async function answerApart<Given, Parsed>(
  parse: (given: Given) => Promise<Parsed>,
): Promise<void> {
  const answer = await parse(workerData as Given).then(
    (parsed): Answer<Parsed> => ({ parsed }),
    (error: unknown): Answer<Parsed> => {
      if (error instanceof UnreadableFile) return { unreadable: error.reason };
      throw error;
    },
  );
  parentPort?.postMessage(answer);
}
