import { afterEach, beforeEach, expect } from 'vitest';

/**
 * For a file whose tests are the chapters of one story: after one that failed the next ones would
 * only wait for what cannot come. `explain` is called once, after the first that fails.
 */
export function oneStory(explain: () => Promise<void>): void {
  let failed = false;
  beforeEach(() => expect(failed, 'an earlier chapter failed').toBe(false));
  afterEach(async ({ task }) => {
    if (failed || task.result?.state !== 'fail') return;
    failed = true;
    await explain();
  });
}
