import type { types } from 'mediasoup';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sites } from '../../src/media/sites.ts';
import type { Site } from '../../src/media/sites.ts';
import { createWorkerPool } from '../../src/media/workers.ts';
import type { WorkerPool } from '../../src/media/workers.ts';
import { vp8Parameters } from '../support/media-wire.ts';

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
let pool: WorkerPool;
let sites: Sites;

beforeEach(async () => {
  const hooks = { onDied: () => {}, onFailure: () => {} };
  pool = await createWorkerPool({ workers: 2, listenAddress: '127.0.0.1', portMin: 0 }, hooks);
  sites = new Sites(() => {});
});

afterEach(async () => {
  sites.close();
  await pool.close();
});

function openTransport({ router }: Site): Promise<types.PlainTransport> {
  return router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
}

it('has a camera ready on another worker before its gate opens, and after it closed', async () => {
  const [here, there] = await Promise.all(pool.workers().map((worker) => sites.open(worker)));
  const sending = await openTransport(here!);
  const camera = await sending.produce({
    kind: 'video',
    rtpParameters: vp8Parameters,
    paused: true,
  });
  sites.setOrigin(camera, here!);
  await sites.hold(camera, there!);
  const receiving = await openTransport(there!);
  const { rtpCapabilities } = there!.router;
  const consumer = await receiving.consume({ producerId: camera.id, rtpCapabilities });
  expect(consumer.producerPaused).toBe(false);

  await camera.resume();
  await camera.pause();
  // Whatever either worker had to tell of that has been told when it answers.
  await sending.dump();
  await receiving.dump();
  await consumer.dump();
  expect(consumer.producerPaused).toBe(false);
});
