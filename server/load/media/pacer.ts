/** How often whatever sends looks whether something is due, in ms. */
const everyMs = 10;

const tasks = new Set<(now: number) => void>();
let timer: NodeJS.Timeout | null = null;

/**
 * Calls `task` every 10 ms with the time in ms, until the function that it gives is called: one
 * timer for all senders of a process.
 */
export function pace(task: (now: number) => void): () => void {
  tasks.add(task);
  timer ??= setInterval(() => {
    const now = performance.now();
    for (const each of tasks) each(now);
  }, everyMs);
  return () => {
    tasks.delete(task);
    if (tasks.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}
