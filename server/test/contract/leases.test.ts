import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Leases } from '../../src/dialogue/nodes/ports.ts';
import { inProcessNodes, redisNodes, type TestNodes, until } from '../support/nodes.ts';

/** What every implementation of the port must do. */
const implementations: [string, () => Promise<TestNodes>][] = [
  ['in process', inProcessNodes],
  ['in Redis', redisNodes],
];

describe.each(implementations)('leases %s', (_name, create) => {
  let nodes: TestNodes;
  let one: Leases;
  let other: Leases;

  beforeAll(async () => {
    nodes = await create();
    one = (await nodes.join()).leases;
    other = (await nodes.join()).leases;
  });

  afterAll(() => nodes.close());

  it('have one holder at a time for each name', async () => {
    expect(await one.acquire('single')).not.toBeNull();
    expect(await one.acquire('single')).toBeNull();
    expect(await other.acquire('single')).toBeNull();
    expect(await other.acquire('another')).not.toBeNull();
  });

  it('give the next holder a higher token', async () => {
    const first = await one.acquire('growing');
    await first?.release();
    const second = await other.acquire('growing');
    expect(second?.token).toBeGreaterThan(first?.token ?? Infinity);
  });

  it('are not taken from the next holder by a late release', async () => {
    const first = await one.acquire('late');
    await first?.release();
    const second = await other.acquire('late');
    await first?.release();
    expect(await one.acquire('late')).toBeNull();
    expect([first?.isHeld, second?.isHeld]).toEqual([false, true]);
  });

  it('pass to another node when their holder is gone, and tell it', async () => {
    const link = await nodes.join();
    const lost = await link.leases.acquire('orphan');
    expect(lost?.isHeld).toBe(true);
    await link.close();
    await until(async () => (await other.acquire('orphan')) !== null);
    expect(lost?.isHeld).toBe(false);
  });
});
