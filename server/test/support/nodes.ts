import { randomUUID } from 'node:crypto';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import type { NodeLink } from '../../src/bus/node-link.ts';
import { connectRedis } from '../../src/bus/redis.ts';
import { startRedis } from './redis.ts';

/** Where nodes of one kind come from. */
export interface TestNodes {
  /** A node that hears the others. */
  join(): Promise<NodeLink>;
  close(): Promise<void>;
}

export function inProcessNodes(): Promise<TestNodes> {
  const nodes = new InProcessNodes();
  return Promise.resolve({
    join: () => Promise.resolve(nodes.join()),
    close: () => Promise.resolve(),
  });
}

/** Leases end a second after their last renewal. */
export async function redisNodes(): Promise<TestNodes> {
  const redis = await startRedis();
  const prefix = `${randomUUID()}:`;
  return {
    join: () => connectRedis({ url: redis.url, prefix, nodeId: randomUUID(), leaseTtlMs: 1_000 }),
    close: () => redis.kill(),
  };
}

/** Resolves as soon as it holds; looks every few ms. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
