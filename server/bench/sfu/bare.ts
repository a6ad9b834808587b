import * as mediasoup from 'mediasoup';
import { routerCodecs } from '../../src/media/codecs.ts';
import { type Contender, payloadTypes, ssrcs } from './contender.ts';
import { openIngest, openReceiver, opusParameters, vp8Parameters } from './mediasoup-plain.ts';

/** Bare mediasoup: one router, two producers, and two consumers a receiver. */
export async function startBare(workerBin: string): Promise<Contender> {
  const worker = await mediasoup.createWorker({ logLevel: 'error', workerBin });
  const router = await worker.createRouter({ mediaCodecs: routerCodecs });
  const ingest = await openIngest(router);
  const producers = [
    await ingest.produce({ kind: 'audio', rtpParameters: opusParameters }),
    await ingest.produce({ kind: 'video', rtpParameters: vp8Parameters }),
  ];
  const { rtpCapabilities } = router;
  const { localPort: port } = ingest.tuple;
  return {
    pid: worker.pid,
    targets: {
      audio: { port, ssrc: ssrcs.audio, payloadType: payloadTypes.audio },
      video: { port, ssrc: ssrcs.video, payloadType: payloadTypes.video },
    },
    async add(ports) {
      for (const receiverPort of ports) {
        const transport = await openReceiver(router, receiverPort);
        for (const { id } of producers) {
          await transport.consume({ producerId: id, rtpCapabilities });
        }
      }
    },
    async close() {
      const ended = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()));
      worker.close();
      await ended;
    },
  };
}
