import { Worker } from 'node:worker_threads';

/**
 * What a module's thread posts first, given `workerData`. Long computations go there: a live
 * dialogue must not wait for them. Rejects with the thread's error, or after `limitMs`.
 */
export function inThread<Result>(
  module: URL,
  workerData: unknown,
  limitMs: number,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(module, { workerData });
    const settle = (outcome: () => void) => {
      clearTimeout(limit);
      void thread.terminate();
      outcome();
    };
    const late = () => reject(new Error(`${module.pathname} took too long`));
    const limit = setTimeout(() => settle(late), limitMs);
    thread.once('message', (result: Result) => settle(() => resolve(result)));
    thread.once('error', (error) => settle(() => reject(error)));
  });
}
