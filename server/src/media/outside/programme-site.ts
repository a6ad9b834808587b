import type { types } from 'mediasoup';
import type { MediaKind } from '@nhip-cau/shared/protocol/media';
import type { PeerTransport } from '../transports.ts';
import type { MediaWorker } from '../workers.ts';
import { type PayloadTypes, pictureFeedback, programmeCodecs } from './play-offer.ts';

/** A key frame serves all who ask for one within this time, in ms. */
const keyFrameDelayMs = 500;
/** Both are one stream's: a player keeps them in step. */
const cname = 'programme';

/**
 * A dialogue's programme on one worker, under the payload types that some players take it with: a
 * worker rewrites these for each of its routers, and not for each receiver.
 */
export class ProgrammeSite {
  readonly #worker: MediaWorker;
  readonly #router: types.Router;
  readonly #producers: ReadonlyMap<MediaKind, types.Producer>;
  readonly #capabilities: types.RtpCapabilities;

  private constructor(
    worker: MediaWorker,
    router: types.Router,
    producers: ReadonlyMap<MediaKind, types.Producer>,
    capabilities: types.RtpCapabilities,
  ) {
    this.#worker = worker;
    this.#router = router;
    this.#producers = producers;
    this.#capabilities = capabilities;
  }

  /** `onKeyFrameRequest`: a player needs one. Rejects when the worker is gone. */
  static async open(
    worker: MediaWorker,
    payloadTypes: PayloadTypes,
    onKeyFrameRequest: () => void,
  ): Promise<ProgrammeSite> {
    const codecs = (['audio', 'video'] as const)
      .filter((kind) => payloadTypes[kind] !== undefined)
      .map((kind) => codecOf(kind, payloadTypes[kind]!));
    const router = await worker.worker.createRouter({ mediaCodecs: codecs });
    try {
      const transport = await router.createDirectTransport();
      transport.on('rtcp', (packet) => {
        if (asksKeyFrame(packet)) onKeyFrameRequest();
      });
      const producers = new Map<MediaKind, types.Producer>();
      for (const { kind, preferredPayloadType, ...codec } of codecs) {
        const producer = await transport.produce({
          kind,
          keyFrameRequestDelay: keyFrameDelayMs,
          rtpParameters: {
            codecs: [
              {
                ...codec,
                payloadType: preferredPayloadType,
                // What is missing here is nowhere to be asked for.
                rtcpFeedback: codec.rtcpFeedback.filter(
                  ({ type, parameter }) => type !== 'nack' || parameter,
                ),
              },
            ],
            encodings: [{ ssrc: ssrcs[kind] }],
            rtcp: { cname },
          },
        });
        producers.set(kind, producer);
      }
      return new ProgrammeSite(worker, router, producers, { codecs, headerExtensions: [] });
    } catch (error) {
      router.close();
      throw error;
    }
  }

  /** Also when its worker has ended. */
  get closed(): boolean {
    return this.#router.closed;
  }

  /** Sends an RTP packet on to the players here; its payload type and SSRC are put in. */
  send(kind: MediaKind, packet: Buffer): void {
    const producer = this.#producers.get(kind);
    if (!producer || producer.closed) return;
    const own = Buffer.from(packet);
    own[1] = (own[1]! & 0x80) | producer.rtpParameters.codecs[0]!.payloadType;
    own.writeUInt32BE(ssrcs[kind], 8);
    producer.send(own);
  }

  /** A transport here, made by the given opener. */
  openTransport(
    open: (worker: MediaWorker, router: types.Router) => Promise<PeerTransport>,
  ): Promise<PeerTransport> {
    return open(this.#worker, this.#router);
  }

  /** All that is sent over this transport, paused: nothing is of use before its path stands. */
  consume(transport: types.Transport): Promise<types.Consumer[]> {
    return Promise.all(
      [...this.#producers.values()].map(({ id: producerId }) =>
        transport.consume({ producerId, rtpCapabilities: this.#capabilities, paused: true }),
      ),
    );
  }

  /** Ends what the players here receive. Idempotent. */
  close(): void {
    this.#router.close();
  }
}

const ssrcs: Record<MediaKind, number> = { audio: 1, video: 2 };

function codecOf(kind: MediaKind, preferredPayloadType: number) {
  const { channels, clockRate, name } = programmeCodecs[kind];
  return {
    kind,
    mimeType: `${kind}/${name}`,
    clockRate,
    preferredPayloadType,
    ...(channels ? { channels } : {}),
    rtcpFeedback: kind === 'video' ? pictureFeedback : [],
  };
}

/** A picture loss (RFC 4585 §6.3.1) or a full intra request (RFC 5104 §4.3.1) among RTCP packets. */
function asksKeyFrame(packet: Buffer): boolean {
  for (let at = 0; at + 4 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
    const format = packet[at]! & 0x1f;
    if (packet[at + 1] === 206 && (format === 1 || format === 4)) return true;
  }
  return false;
}
