import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 200;

/** Looks again and again whether it is so; false when it was not within these ms. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  const endsAt = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() >= endsAt) return false;
    await delay(lookEveryMs);
  }
  return true;
}
