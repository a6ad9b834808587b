/**
 * The bare peer: mediasoup alone, without dialogue, log, sockets or rights. Two cameras and
 * microphones, every receiver's consumers made and paused; a call resumes the one and pauses the
 * other, all at once.
 */
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { AudioRtpParameters, VideoRtpParameters } from '@nhip-cau/shared/protocol/media-rtp';
import { mediaWorker } from '../../load/server.ts';
import { routerCodecs } from '../../src/media/codecs.ts';
import { answerAll } from '../support/helper-process.ts';
import { masterKeyBytes, srtpCryptoSuite } from './srtp.ts';

export type BareQuestion =
  | {
      kind: 'open';
      workers: number;
      speakers: { microphone: AudioRtpParameters; camera: VideoRtpParameters }[];
      ports: number[];
    }
  | { kind: 'call'; speaker: number }
  | { kind: 'pause' }
  | { kind: 'close' };

export interface BareOpened {
  /** Where each speaker sends to. */
  ingestPorts: number[];
  /** Of each receiver: its key, and the SSRC of each speaker's camera. */
  receivers: { keyBase64: string; ssrcs: number[] }[];
}

interface Fed {
  readonly producers: types.Producer[];
  readonly consumers: types.Consumer[];
}

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
const unusedKey = Buffer.alloc(masterKeyBytes).toString('base64');
const fed: Fed[] = [];
const workers: types.Worker[] = [];

answerAll<BareQuestion>(async (question) => {
  switch (question.kind) {
    case 'open':
      return open(question);
    case 'call':
      await Promise.all(
        fed.map(async ({ consumers, producers }, index) => {
          const isCalled = index === question.speaker;
          const of = [...consumers, ...producers];
          await Promise.all(of.map((one) => (isCalled ? one.resume() : one.pause())));
        }),
      );
      return {};
    case 'pause':
      await Promise.all(
        fed.flatMap(({ consumers, producers }) =>
          [...producers, ...consumers].map((one) => one.pause()),
        ),
      );
      return {};
    case 'close':
      for (const worker of workers) worker.close();
      return {};
  }
});

async function open(question: Extract<BareQuestion, { kind: 'open' }>): Promise<BareOpened> {
  const { ports, speakers } = question;
  const workerBin = await mediaWorker();
  const routers: types.Router[] = [];
  for (let index = 0; index < question.workers; index += 1) {
    const worker = await mediasoup.createWorker({ logLevel: 'error', workerBin });
    workers.push(worker);
    routers.push(await worker.createRouter({ mediaCodecs: routerCodecs }));
  }
  const opened: BareOpened = { ingestPorts: [], receivers: [] };
  const [home, ...others] = routers;
  for (const { camera, microphone } of speakers) {
    const ingest = await home!.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
    opened.ingestPorts.push(ingest.tuple.localPort);
    const producers = [
      await ingest.produce({ kind: 'audio', rtpParameters: microphone, paused: true }),
      await ingest.produce({ kind: 'video', rtpParameters: camera, paused: true }),
    ];
    for (const { id: producerId } of producers) {
      for (const router of others) {
        await home!.pipeToRouter({ producerId, router, enableSctp: false, enableRtx: true });
      }
    }
    fed.push({ producers, consumers: [] });
  }
  for (const [index, port] of ports.entries()) {
    opened.receivers.push(await openReceiver(routers[index % routers.length]!, port));
  }
  return opened;
}

async function openReceiver(router: types.Router, port: number) {
  const transport = await router.createPlainTransport({
    listenInfo,
    rtcpMux: true,
    comedia: false,
    enableSrtp: true,
    srtpCryptoSuite,
  });
  const srtpParameters = { cryptoSuite: srtpCryptoSuite, keyBase64: unusedKey } as const;
  await transport.connect({ ip: '127.0.0.1', port, srtpParameters });
  const codecs = (router.rtpCapabilities.codecs ?? [])
    .filter(({ mimeType }) => !mimeType.endsWith('/rtx'))
    .map((codec) => ({ ...codec, rtcpFeedback: [] }));
  const rtpCapabilities = { codecs, headerExtensions: [] };
  const preferredLayers = { spatialLayer: 0, temporalLayer: 2 };
  const ssrcs: number[] = [];
  for (const { consumers, producers } of fed) {
    for (const { id: producerId, kind } of producers) {
      const layers = kind === 'video' ? { preferredLayers } : {};
      const consumer = await transport.consume({
        producerId,
        rtpCapabilities,
        paused: true,
        ...layers,
      });
      consumers.push(consumer);
      if (kind === 'video') ssrcs.push(consumer.rtpParameters.encodings![0]!.ssrc!);
    }
  }
  return { keyBase64: transport.srtpParameters!.keyBase64, ssrcs };
}
