import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createWorker, type types } from 'mediasoup';
import { build } from 'vite';
import type { Packets } from '../../load/media/packets.ts';
import { mediaWorker } from '../../load/server.ts';
import { routerCodecs } from '../../src/media/codecs.ts';
import { PlainSender } from './plain-sender.ts';

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
const speakers = 2;

/** What the page sends: taken as it comes. */
interface Asked {
  id: string;
  dtlsParameters: types.DtlsParameters;
  rtpCapabilities: types.RtpCapabilities;
}

interface Member {
  readonly transport: types.WebRtcTransport;
  readonly consumers: types.Consumer[];
}

/**
 * The bare peer: mediasoup on the same worker, two cameras with their sound, and a page of
 * mediasoup-client with a video element for each. No rights, no log, no dialogue.
 */
export async function openBare(packets: Packets, closers: (() => unknown)[]): Promise<string> {
  const script = await buildPage();
  const worker = await createWorker({ logLevel: 'error', workerBin: await mediaWorker() });
  closers.push(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs: routerCodecs });
  const feeds: types.Producer[][] = [];
  for (let speaker = 0; speaker < speakers; speaker += 1) {
    feeds.push(await openFeed(router, new PlainSender(packets, 1_000 * (speaker + 1)), closers));
  }
  const members = new Map<string, Member>();

  const answers: Record<string, (asked: Asked) => Promise<object>> = {
    async '/join'() {
      const transport = await router.createWebRtcTransport({
        listenInfos: [listenInfo],
        // As the product has it.
        initialAvailableOutgoingBitrate: 1_000_000,
      });
      members.set(transport.id, { transport, consumers: [] });
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return {
        routerRtpCapabilities: router.rtpCapabilities,
        transport: { id, iceParameters, iceCandidates, dtlsParameters },
      };
    },
    async '/connect'({ id, dtlsParameters }) {
      await members.get(id)!.transport.connect({ dtlsParameters });
      return {};
    },
    async '/consume'({ id, rtpCapabilities }) {
      const { transport, consumers } = members.get(id)!;
      const offers = await Promise.all(
        feeds.map((feed) =>
          Promise.all(
            feed.map(async ({ id: producerId, kind }) => {
              const options = { producerId, rtpCapabilities, paused: true };
              const consumer = await transport.consume(options);
              consumers.push(consumer);
              return { id: consumer.id, producerId, kind, rtpParameters: consumer.rtpParameters };
            }),
          ),
        ),
      );
      return { speakers: offers };
    },
    async '/resume'({ id }) {
      await Promise.all(members.get(id)!.consumers.map((consumer) => consumer.resume()));
      return {};
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : page);
      return;
    }
    void bodyOf(request)
      .then(answer)
      .then((given) => response.end(JSON.stringify(given)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const page =
  '<!doctype html><meta charset="utf-8"><style>body { margin: 0; background: black }</style>' +
  '<body><script type="module" src="/page.js"></script>';

async function openFeed(
  router: types.Router,
  sending: PlainSender,
  closers: (() => unknown)[],
): Promise<types.Producer[]> {
  const ingest = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
  const { sender } = sending;
  const producers = [
    await ingest.produce({ kind: 'video', rtpParameters: sender.cameraParameters() }),
    await ingest.produce({ kind: 'audio', rtpParameters: sender.microphoneParameters() }),
  ];
  sending.start(ingest.tuple.localPort);
  closers.push(() => sending.close());
  return producers;
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const part of request) text += String(part);
  return JSON.parse(text) as Asked;
}

async function buildPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'es2024',
      rolldownOptions: { input: join(import.meta.dirname, 'page.js') },
    },
  });
  for (const output of Array.isArray(built) ? built : [built]) {
    if (!('output' in output)) continue;
    for (const chunk of output.output) {
      if (chunk.type === 'chunk' && chunk.isEntry) return chunk.code;
    }
  }
  throw new Error('the build gave no script');
}
