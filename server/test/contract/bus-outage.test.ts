import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NodeLink } from '../../src/bus/node-link.ts';
import { BusNodeValues } from '../../src/bus/node-values.ts';
import { connectRedis } from '../../src/bus/redis.ts';
import { until } from '../support/nodes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let one: NodeLink;
let other: NodeLink;

beforeAll(async () => {
  redis = await startRedis();
  const join = () =>
    connectRedis({ url: redis.url, prefix: 'a:', nodeId: randomUUID(), leaseTtlMs: 1_000 });
  [one, other] = [await join(), await join()];
});

afterAll(async () => {
  await one.close();
  await other.close();
  await redis.kill();
});

it('is told from a Redis that is gone, and is heard again when one is back', async () => {
  const values = new BusNodeValues(one.bus);
  const others = new BusNodeValues(other.bus);
  const seen: unknown[] = [];
  others.onChange((_key, _nodeId, value) => seen.push(value));
  values.set('hall', 1);
  await until(() => seen.length === 1);
  const lease = await one.leases.acquire('home');
  const isLost = new Promise<void>((resolve) => lease?.onLost(resolve));
  const isBack = new Promise<void>((resolve) => one.bus.onUp(resolve));

  await redis.kill();
  await until(() => !one.bus.isUp && !other.bus.isUp);
  await isLost;
  expect(await one.leases.acquire('home')).toBeNull();
  one.bus.publish('commits', { dialogueId: 'a', seq: 1 });
  values.set('hall', 2);

  await redis.start();
  await isBack;
  await until(() => other.bus.isUp);
  // What was said meanwhile is made up for, and what was said before stood all the time.
  await until(() => seen.length === 2);
  expect(seen).toEqual([1, 2]);
  // An empty Redis does not know the last token; the next one is higher all the same.
  const next = await other.leases.acquire('home');
  expect(next?.token).toBeGreaterThan(lease?.token ?? Infinity);
  values.close();
  others.close();
});

it('is tried again where it was away at the start', async () => {
  await redis.kill();
  const late = await connectRedis({ url: redis.url, prefix: 'b:', nodeId: randomUUID() });
  expect(late.bus.isUp).toBe(false);
  const isUp = new Promise<void>((resolve) => late.bus.onUp(resolve));
  await redis.start();
  await isUp;
  expect(late.bus.isUp).toBe(true);
  await late.close();
});
