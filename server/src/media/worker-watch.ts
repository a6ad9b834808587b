import type { types } from 'mediasoup';

/** How long a worker may leave a question unanswered before it hangs, in ms. */
export const hungAfterMs = 2_000;
const askMs = 250;

/**
 * Asks a worker now and then, and calls `onHung` once when it has not answered for `afterMs`. What
 * counts is how often this process looked, not what the clock says: one that was stopped or busy
 * itself finds the answer waiting.
 */
export function watchWorker(worker: types.Worker, afterMs: number, onHung: () => void): void {
  let unanswered = 0;
  let isAsking = false;
  const timer = setInterval(() => {
    unanswered = isAsking ? unanswered + 1 : 0;
    if (unanswered * askMs >= afterMs) {
      clearInterval(timer);
      onHung();
    } else if (!isAsking) {
      isAsking = true;
      // One that is closed meanwhile answers nothing: then nobody asks any more either.
      worker.getResourceUsage().then(
        () => (isAsking = false),
        () => {},
      );
    }
  }, askMs);
  timer.unref();
  worker.observer.once('close', () => clearInterval(timer));
}
