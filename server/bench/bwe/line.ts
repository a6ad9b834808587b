import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { seededRandom } from './random.ts';

export interface LineOptions {
  /** Towards the receiver. */
  readonly bitsPerSecond: number;
  /** Share of the packets of either direction that is lost. */
  readonly loss: number;
  readonly seed: number;
}

/** What waits longer than this before a slow line is dropped, in ms. */
const queueMs = 250;

/**
 * A line between a worker and a receiver: a UDP relay that lets no more through than it carries,
 * with a queue before it, and loses what it is told to.
 */
export async function openLine(
  workerPort: number,
  { bitsPerSecond, loss, seed }: LineOptions,
): Promise<{ port: number; close(): void }> {
  const outer = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  const inner = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await Promise.all([once(outer, 'listening'), once(inner, 'listening')]);
  const random = seededRandom(seed);
  let receiver: dgram.RemoteInfo | undefined;
  let freeAt = 0;
  let closed = false;
  outer.on('message', (packet, from) => {
    receiver = from;
    if (random() >= loss) inner.send(packet, workerPort, '127.0.0.1');
  });
  inner.on('message', (packet) => {
    const now = performance.now();
    const startsAt = Math.max(freeAt, now);
    if (startsAt - now > queueMs) return;
    freeAt = startsAt + (packet.length * 8 * 1_000) / bitsPerSecond;
    if (random() < loss) return;
    setTimeout(() => {
      if (!closed && receiver) outer.send(packet, receiver.port, receiver.address);
    }, freeAt - now);
  });
  return {
    port: (outer.address() as AddressInfo).port,
    close() {
      closed = true;
      outer.close();
      inner.close();
    },
  };
}
