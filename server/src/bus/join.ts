import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { InProcessNodes } from './in-process.ts';
import type { NodeLink } from './node-link.ts';
import { connectRedis } from './redis.ts';

export interface JoinOptions {
  /** Unset: this is the only node. */
  redisUrl: string | undefined;
  /** Names the database that all nodes share: a Redis may serve several installations. */
  installation: string;
  log: Logger;
}

/** This process as a node. A Redis that does not answer is tried until it does. */
export async function joinNodes({ redisUrl, installation, log }: JoinOptions): Promise<NodeLink> {
  const nodeId = randomUUID();
  if (redisUrl === undefined) return new InProcessNodes().join(nodeId);
  const link = await connectRedis({
    url: redisUrl,
    prefix: `nhipcau:${installation}:`,
    nodeId,
    onState: (isUp) =>
      isUp
        ? log.info({ nodeId }, 'other nodes can be heard')
        : log.warn({ nodeId }, 'Redis does not answer: each node goes on by the database alone'),
  });
  if (!link.bus.isUp) {
    log.warn({ nodeId }, 'Redis does not answer: this node goes on by the database alone');
  }
  return link;
}
