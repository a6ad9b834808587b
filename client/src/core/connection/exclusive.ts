/** Runs `work` while no other tab of this browser runs work under the same name. */
export type Exclusive = (name: string, work: () => Promise<void>) => Promise<void>;

const longestWaitMs = 5_000;

/**
 * By Web Locks where the browser has them. A tab that holds a lock may be frozen by the system, so
 * the wait has an end; going ahead is harmless, because a command sent twice has one effect.
 */
export function exclusiveByWebLocks(
  locks: LockManager | undefined = globalThis.navigator?.locks,
): Exclusive {
  return async (name, work) => {
    if (!locks) return work();
    let started = false;
    try {
      await locks.request(name, { signal: AbortSignal.timeout(longestWaitMs) }, () => {
        started = true;
        return work();
      });
    } catch (error) {
      if (started) throw error;
      await work();
    }
  };
}
