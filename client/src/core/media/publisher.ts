import type { types } from 'mediasoup-client';
import type {
  FeedTier,
  MediaNotifications,
  MicrophoneState,
} from '@nhip-cau/shared/protocol/media';
import { Emitter } from '../emitter.ts';
import type { Signaller } from './signaller.ts';

/** Lowest first; three temporal layers each, so that a poor line loses frames before pictures. */
export const cameraLayers: readonly types.RtpEncodingParameters[] = [
  { maxBitrate: 100_000, scaleResolutionDownBy: 4, scalabilityMode: 'L1T3' },
  { maxBitrate: 350_000, scaleResolutionDownBy: 2, scalabilityMode: 'L1T3' },
  { maxBitrate: 1_200_000, scaleResolutionDownBy: 1, scalabilityMode: 'L1T3' },
];

export interface PublisherState {
  readonly tier: FeedTier;
  /** `open` only while the server says so. */
  readonly microphone: MicrophoneState;
}

export interface PublisherEvents {
  state: PublisherState;
  /** A track could not be offered or changed; the next change or rejoin tries again. */
  failed: unknown;
}

type Feed = MediaNotifications['media:feed'];
const closedFeed: Feed = { tier: 'standby', maxSpatialLayer: 0, microphone: 'closed' };

/**
 * Publishes one camera and one microphone, and does with them what the server says of the feed.
 * Without the server's word (before it, and after any loss) the microphone is closed here too.
 */
export class Publisher extends Emitter<PublisherEvents> {
  readonly #signaller: Signaller;
  readonly #wanted: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null } = {
    audio: null,
    video: null,
  };
  readonly #producers = new Map<'audio' | 'video', types.Producer>();
  #transport: types.Transport | undefined;
  #feed = closedFeed;
  #work: Promise<void> = Promise.resolve();

  constructor(signaller: Signaller) {
    super();
    this.#signaller = signaller;
  }

  get state(): PublisherState {
    const { tier, microphone } = this.#feed;
    return { tier, microphone };
  }

  /** Browser statistics of what is sent, or undefined when nothing of this kind is. */
  async stats(kind: 'audio' | 'video'): Promise<RTCStatsReport | undefined> {
    return this.#producers.get(kind)?.getStats();
  }

  /** Offers this camera from now on, in place of the one before; null for none. */
  setCamera(track: MediaStreamTrack | null): Promise<void> {
    this.#wanted.video = track;
    return this.#do(() => this.#offer('video'));
  }

  /**
   * Offers this microphone from now on; null for none. A clone is sent: a level meter goes on
   * hearing the track itself while what is sent is closed.
   */
  setMicrophone(track: MediaStreamTrack | null): Promise<void> {
    this.#wanted.audio = track;
    return this.#do(() => this.#offer('audio'));
  }

  /** Publishes over this transport, which is connected to a room anew. */
  attach(transport: types.Transport): Promise<void> {
    this.detach();
    this.#transport = transport;
    return this.#do(async () => {
      await this.#offer('audio');
      await this.#offer('video');
    });
  }

  /** Stops sending: the transport is gone, or another computer publishes. Idempotent. */
  detach(): void {
    for (const producer of this.#producers.values()) producer.close();
    this.#producers.clear();
    this.#transport = undefined;
    this.#set(closedFeed);
  }

  /** The server's word on the feed. A closing microphone closes before anything else. */
  handleFeed(feed: Feed): Promise<void> {
    this.#set(feed);
    return this.#do(() => this.#applyLayers());
  }

  #set(feed: Feed): void {
    const changed = feed.tier !== this.#feed.tier || feed.microphone !== this.#feed.microphone;
    this.#feed = feed;
    this.#applyMicrophone();
    if (changed) this.emit('state', this.state);
  }

  #applyMicrophone(): void {
    const producer = this.#producers.get('audio');
    if (!producer || producer.closed) return;
    if (this.#feed.microphone === 'open') producer.resume();
    else producer.pause();
  }

  async #applyLayers(): Promise<void> {
    const producer = this.#producers.get('video');
    if (producer && !producer.closed) {
      await producer.setMaxSpatialLayer(this.#feed.maxSpatialLayer);
    }
  }

  async #offer(kind: 'audio' | 'video'): Promise<void> {
    const transport = this.#transport;
    const wanted = this.#wanted[kind];
    const producer = this.#producers.get(kind);
    if (!transport || transport.closed) return;
    if (!wanted || wanted.readyState === 'ended') {
      if (!producer) return;
      producer.close();
      this.#producers.delete(kind);
      await this.#signaller.request('media:closeProducer', { producerId: producer.id });
      return;
    }
    const track = kind === 'audio' ? wanted.clone() : wanted;
    if (kind === 'audio') track.enabled = this.#feed.microphone === 'open';
    if (producer && !producer.closed) {
      await producer.replaceTrack({ track });
    } else {
      const made = await transport.produce(
        kind === 'audio'
          ? { track, codecOptions: { opusFec: true, opusDtx: true, opusStereo: false } }
          : {
              track,
              stopTracks: false,
              encodings: cameraLayers.map((layer, index) => ({
                ...layer,
                active: index <= this.#feed.maxSpatialLayer,
              })),
              codecOptions: { videoGoogleStartBitrate: 500 },
            },
      );
      if (this.#transport !== transport) return made.close();
      this.#producers.set(kind, made);
    }
    // The feed may have changed while the track was under way.
    this.#applyMicrophone();
    await this.#applyLayers();
  }

  /** One thing at a time, in order; a failure is told and does not stop what follows. */
  #do(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(task).catch((error: unknown) => this.emit('failed', error));
    return this.#work;
  }
}
