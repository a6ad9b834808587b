import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Pacer } from './pacer.ts';

describe('a pacer', () => {
  it('begins jobs in order, a slice at a time', async () => {
    let clock = 0;
    const begun: number[] = [];
    const pacer = new Pacer({ sliceMs: 10, concurrency: Infinity, now: () => clock });
    for (let job = 0; job < 7; job += 1) {
      void pacer.run(() => {
        begun.push(job);
        clock += 4;
      });
    }
    expect(begun).toEqual([]);
    await setImmediate();
    expect(begun).toEqual([0, 1, 2]);
    await setImmediate();
    await setImmediate();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('has no more under way than it may', async () => {
    const finish: (() => void)[] = [];
    const pacer = new Pacer({ sliceMs: 10, concurrency: 2 });
    const jobs = [0, 1, 2].map((job) =>
      pacer.run(() => new Promise<number>((resolve) => finish.push(() => resolve(job)))),
    );
    await setImmediate();
    await setImmediate();
    expect(finish).toHaveLength(2);
    finish[0]!();
    await expect.poll(() => finish.length).toBe(3);
    finish[1]!();
    finish[2]!();
    expect(await Promise.all(jobs)).toEqual([0, 1, 2]);
  });

  it('goes on after a job that fails', async () => {
    const pacer = new Pacer({ sliceMs: 10, concurrency: 1 });
    const failing = pacer.run(() => Promise.reject(new Error('no')));
    const next = pacer.run(() => 'next');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });
});
