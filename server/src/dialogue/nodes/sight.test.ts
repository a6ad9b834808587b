import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sight } from './sight.ts';

describe('Sight', () => {
  /** What happens to a look now. */
  let database: 'there' | 'away' | 'silent';
  let isBehind: boolean;
  let told: boolean[];
  let sight: Sight;

  beforeEach(() => {
    vi.useFakeTimers();
    database = 'there';
    isBehind = false;
    told = [];
    sight = new Sight({
      look: () => {
        if (database === 'silent') return new Promise(() => {});
        return database === 'there' ? Promise.resolve() : Promise.reject(new Error('away'));
      },
      catchUp: () => (isBehind ? Promise.reject(new Error('behind')) : Promise.resolve()),
      blindAfterMs: 15_000,
      onChanged: (isBlind) => told.push(isBlind),
    });
  });

  afterEach(() => {
    sight.close();
    vi.useRealTimers();
  });

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('is not lost while the database answers', async () => {
    await pass(60_000);
    expect(told).toEqual([]);
  });

  it('outlives a restart of the database', async () => {
    database = 'away';
    await pass(10_000);
    database = 'there';
    await pass(10_000);
    database = 'away';
    await pass(10_000);
    expect(told).toEqual([]);
  });

  it('is lost when nothing was read for so long, and comes back by itself', async () => {
    await pass(5_000);
    database = 'away';
    await pass(14_000);
    expect(told).toEqual([]);
    await pass(2_000);
    expect(told).toEqual([true]);
    await pass(600_000);
    database = 'there';
    await pass(1_000);
    expect(told).toEqual([true, false]);
  });

  it('is lost to a database that takes questions and never answers', async () => {
    database = 'silent';
    await pass(16_000);
    expect(told).toEqual([true]);
  });

  it('comes back only with the log', async () => {
    database = 'away';
    await pass(16_000);
    database = 'there';
    isBehind = true;
    await pass(5_000);
    expect(told).toEqual([true]);
    isBehind = false;
    await pass(1_000);
    expect(told).toEqual([true, false]);
  });

  it('says nothing once it is closed', async () => {
    sight.close();
    database = 'away';
    await pass(60_000);
    expect(told).toEqual([]);
  });
});
