import { randomUUID } from 'node:crypto';
import { mediaRequests } from '@nhip-cau/shared/protocol/media';
import type {
  MediaNotifications,
  MediaRequest,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import { mediaHandlers } from '../../src/media/handlers.ts';
import type { MediaPeer } from '../../src/media/media-peer.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import type { TransportOpener } from '../../src/media/transports.ts';
import { type Contender, payloadTypes, ssrcs } from './contender.ts';
import { openIngest, openReceiver, opusParameters, vp8Parameters } from './mediasoup-plain.ts';

const dialogueId = 'sfu';
const speaker = 'speaker';

/** The product's media service and room; only the transports are plain ones. */
export async function startProduct(workerBin: string): Promise<Contender> {
  const waiting: number[] = [];
  const ingestPorts: number[] = [];
  const openPlain: TransportOpener = async (_worker, router, direction) => {
    const sending = direction === 'send';
    const transport = sending
      ? await openIngest(router)
      : await openReceiver(router, waiting.shift()!);
    if (sending) ingestPorts.push(transport.tuple.localPort);
    return {
      transport,
      parameters: {
        id: transport.id,
        iceParameters: { usernameFragment: '', password: '' },
        iceCandidates: [],
        dtlsParameters: { fingerprints: [] },
      },
      connect: async () => {},
      restartIce: async () => ({ usernameFragment: '', password: '' }),
    };
  };
  const config = { workerBin, workers: 1, listenAddress: '127.0.0.1', portMin: 0 };
  const media = await createMediaService(config, { onFailure: fail }, openPlain);

  const publisher = new Page(media, { canPublishFor: speaker, receives: false });
  await publisher.request('media:join', {});
  const { id: transportId } = await publisher.request('media:createTransport', {
    direction: 'send',
  });
  const common = { transportId, appData: {} };
  await publisher.request('media:produce', {
    ...common,
    source: 'microphone',
    rtpParameters: opusParameters,
  });
  await publisher.request('media:produce', {
    ...common,
    source: 'camera',
    rtpParameters: vp8Parameters,
  });
  await media.reconcile(dialogueId, {
    feeds: new Map([[speaker, 'onAir']]),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  });

  const port = ingestPorts[0]!;
  return {
    pid: media.workerPids()[0]!,
    targets: {
      audio: { port, ssrc: ssrcs.audio, payloadType: payloadTypes.audio },
      video: { port, ssrc: ssrcs.video, payloadType: payloadTypes.video },
    },
    async add(ports) {
      for (const receiverPort of ports) {
        waiting.push(receiverPort);
        await new Page(media, {}).receive();
      }
    },
    close: () => media.close(),
  };
}

function fail(failure: { what: string; error: unknown }): void {
  throw new Error(`the product failed: ${failure.what}`, { cause: failure.error });
}

/** A page's requests, each through its schema as from a socket. */
class Page {
  readonly #media: MediaService;
  readonly #peer: MediaPeer;
  readonly #flowing = new Set<string>();
  #twoFlow: () => void = () => {};

  constructor(media: MediaService, rights: Partial<Pick<MediaPeer, 'canPublishFor' | 'receives'>>) {
    this.#media = media;
    this.#peer = {
      peerId: randomUUID(),
      dialogueId,
      bridgePointId: rights.canPublishFor ?? null,
      canPublishFor: null,
      canPresentFor: null,
      mayWatch: false,
      accountId: null,
      receives: true,
      ...rights,
      notify: (event, payload) => {
        if (event === 'media:consumer') {
          void this.#resume((payload as MediaNotifications['media:consumer']).consumerId);
        }
      },
    };
  }

  request<N extends MediaRequestName>(
    name: N,
    payload: MediaRequestInput<N>,
  ): Promise<MediaResponses[N]> {
    const parsed = mediaRequests[name].request.parse(payload) as MediaRequest<N>;
    return mediaHandlers(this.#media)[name](this.#peer, parsed);
  }

  /** Asks for the stage; resolves when sound and picture flow. */
  async receive(): Promise<void> {
    const { routerRtpCapabilities: rtpCapabilities } = await this.request('media:join', {});
    await this.request('media:createTransport', { direction: 'recv' });
    const both = new Promise<void>((resolve) => (this.#twoFlow = resolve));
    await this.request('media:setReceiver', {
      rtpCapabilities,
      wantsVideo: true,
      wantsAudio: true,
      maxFeeds: 2,
    });
    await both;
  }

  async #resume(consumerId: string): Promise<void> {
    await this.request('media:resumeConsumer', { consumerId });
    this.#flowing.add(consumerId);
    if (this.#flowing.size === 2) this.#twoFlow();
  }
}
