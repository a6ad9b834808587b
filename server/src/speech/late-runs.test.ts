import { expect, it } from 'vitest';
import { LateRuns } from './late-runs.ts';

it('goes on with a run that is added at the moment when the last one is done', async () => {
  for (let moment = 0; moment < 20; moment += 1) {
    const done: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const clock = { now: () => 0, after: () => () => {} };
    const late = new LateRuns(clock, async ({ runId }) => {
      done.push(runId);
      if (done.length === 2) resolve();
      return true;
    });
    late.add({ dialogueId: 'dialogue', runId: 'first' });
    for (let step = 0; step < moment; step += 1) await null;
    late.add({ dialogueId: 'dialogue', runId: 'second' });
    await promise;
    expect(done).toEqual(['first', 'second']);
    await late.close();
  }
});
