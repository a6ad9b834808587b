import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';

/** Where copied packets go: a UDP port of this machine. */
const host = '127.0.0.1';

export interface TapCodec {
  readonly mimeType: string;
  readonly clockRate: number;
  readonly channels?: number;
  readonly payloadType: number;
  /** Format parameters as in SDP's `a=fmtp`. */
  readonly parameters: Record<string, unknown>;
}

export interface TapTarget {
  readonly rtpPort: number;
  /** Absent: RTCP comes to the RTP port (RFC 5761). */
  readonly rtcpPort?: number;
}

/** A copy that is under way. It ends with its track, or by `close`, which is idempotent. */
export interface TapCopy {
  /** The SSRC of the copied packets. */
  readonly ssrc: number;
  requestKeyFrame(): Promise<void>;
  close(): void;
}

/** One on-air track as packets, from now until it is off air or closed. */
export interface TapTrack {
  /** The producer's id: the same again when the same camera is on air a second time. */
  readonly id: string;
  readonly dialogueId: string;
  readonly bridgePointId: string;
  readonly source: MediaSource;
  /** It comes in at another node and was brought here. */
  readonly isGathered: boolean;
  readonly codec: TapCodec;
  /**
   * Sends its RTP and RTCP (plain, one layer, the highest) to 127.0.0.1 and asks for a key frame.
   * Rejects when the track is gone.
   */
  copyTo(target: TapTarget): Promise<TapCopy>;
  /** Hands over its RTP packets in this process; resolves to what ends that. */
  onRtp(listener: (packet: Buffer) => void): Promise<() => void>;
}

/** Told of every track that is on air: those of now at once, later ones as they come. */
export interface TapListener {
  handleTrack(track: TapTrack): void;
  handleTrackEnded(id: string): void;
}

/** A track as the room knows it. */
export interface TapSource {
  readonly dialogueId: string;
  readonly bridgePointId: string;
  readonly source: MediaSource;
  /** It comes in at another node; absent: at this one. */
  readonly isGathered?: boolean;
  readonly router: types.Router;
  readonly producer: types.Producer;
}

/** The tracks on air of all rooms, and who wants to hear of them. */
export class Tap {
  readonly #onFailure: (error: unknown) => void;
  readonly #listeners = new Set<TapListener>();
  readonly #tracks = new Map<string, { track: TapTrack; copies: Copies }>();

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Gives what ends it; the copies that this listener made go on with their tracks. */
  listen(listener: TapListener): () => void {
    this.#listeners.add(listener);
    for (const { track } of [...this.#tracks.values()]) {
      this.#tell(() => listener.handleTrack(track));
    }
    return () => this.#listeners.delete(listener);
  }

  /** A track came on air; one that is known already is no news. */
  add(source: TapSource): void {
    const { id } = source.producer;
    if (this.#tracks.has(id)) return;
    const copies = new Copies();
    const track = tapTrack(source, copies);
    this.#tracks.set(id, { track, copies });
    for (const listener of this.#listeners) this.#tell(() => listener.handleTrack(track));
  }

  /** A track is off air or gone: its copies end, then the listeners are told. */
  remove(id: string): void {
    const known = this.#tracks.get(id);
    if (!known) return;
    this.#tracks.delete(id);
    known.copies.close();
    for (const listener of this.#listeners) this.#tell(() => listener.handleTrackEnded(id));
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#onFailure(error);
    }
  }
}

/** The transports that carry one track's copies; none outlives the track. */
class Copies {
  readonly #transports = new Set<types.Transport>();
  #closed = false;

  async open<T extends types.Transport, R>(
    opening: Promise<T>,
    use: (transport: T) => Promise<R>,
  ): Promise<R> {
    const transport = await opening;
    try {
      if (this.#closed) throw new Error('the track has ended');
      this.#transports.add(transport);
      transport.observer.once('close', () => this.#transports.delete(transport));
      return await use(transport);
    } catch (error) {
      transport.close();
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    for (const transport of this.#transports) transport.close();
  }
}

function tapTrack(source: TapSource, copies: Copies): TapTrack {
  const { bridgePointId, dialogueId, producer, router } = source;
  const rtpCapabilities = plainCapabilities(router);
  const [codec] = producer.consumableRtpParameters.codecs;
  if (!codec) throw new Error('a producer without a codec');
  const consume = (transport: types.Transport) =>
    transport.consume({ producerId: producer.id, rtpCapabilities, paused: true });
  return {
    id: producer.id,
    dialogueId,
    bridgePointId,
    source: source.source,
    isGathered: source.isGathered ?? false,
    codec: {
      mimeType: codec.mimeType,
      clockRate: codec.clockRate,
      ...(codec.channels ? { channels: codec.channels } : {}),
      payloadType: codec.payloadType,
      parameters: { ...codec.parameters },
    },

    copyTo({ rtpPort, rtcpPort }) {
      const opening = router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: host },
        rtcpMux: rtcpPort === undefined,
        comedia: false,
      });
      return copies.open(opening, async (transport) => {
        await transport.connect({ ip: host, port: rtpPort, ...(rtcpPort ? { rtcpPort } : {}) });
        const consumer = await consume(transport);
        // The worker asks for a key frame as it resumes a video consumer.
        await consumer.resume();
        return {
          ssrc: consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0,
          requestKeyFrame: () => consumer.requestKeyFrame(),
          close: () => transport.close(),
        };
      });
    },

    onRtp(listener) {
      return copies.open(router.createDirectTransport(), async (transport) => {
        const consumer = await consume(transport);
        consumer.on('rtp', listener);
        await consumer.resume();
        return () => transport.close();
      });
    },
  };
}

/** The router's own codecs, without retransmissions: loopback loses nothing. */
function plainCapabilities(router: types.Router): types.RtpCapabilities {
  const { codecs = [] } = router.rtpCapabilities;
  return {
    codecs: codecs
      .filter(({ mimeType }) => !mimeType.toLowerCase().endsWith('/rtx'))
      .map((codec) => ({
        ...codec,
        rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
          ({ type, parameter }) => type === 'ccm' || parameter === 'pli',
        ),
      })),
    headerExtensions: [],
  };
}
