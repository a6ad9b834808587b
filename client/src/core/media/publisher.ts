import type { types } from 'mediasoup-client';
import { groupOf, kindOf, mediaSources } from '@nhip-cau/shared/protocol/media-sources';
import type {
  FeedTier,
  MediaNotifications,
  MediaSource,
  MicrophoneState,
  SourceGroup,
} from '@nhip-cau/shared/protocol/media';
import { Emitter } from '../emitter.ts';
import type { Signaller } from './signaller.ts';

/** Lowest first; three temporal layers each, so that a poor line loses frames before pictures. */
export const cameraLayers: readonly types.RtpEncodingParameters[] = [
  { maxBitrate: 100_000, scaleResolutionDownBy: 4, scalabilityMode: 'L1T3' },
  { maxBitrate: 350_000, scaleResolutionDownBy: 2, scalabilityMode: 'L1T3' },
  { maxBitrate: 1_200_000, scaleResolutionDownBy: 1, scalabilityMode: 'L1T3' },
];

/** Slides stay sharp in the large layer; a poor line gets them small, with few frames. */
export const screenLayers: readonly types.RtpEncodingParameters[] = [
  { maxBitrate: 150_000, scaleResolutionDownBy: 2, scalabilityMode: 'L1T3' },
  { maxBitrate: 1_500_000, scaleResolutionDownBy: 1, scalabilityMode: 'L1T3' },
];

export interface PublisherState {
  readonly tier: FeedTier;
  /** `open` only while the server says so. */
  readonly microphone: MicrophoneState;
}

export interface PublisherEvents {
  state: PublisherState;
  /** Another computer presents or talks now in this one's place. */
  replaced: { group: SourceGroup };
  /** A track could not be offered or changed; the next change or rejoin tries again. */
  failed: unknown;
}

type Feed = MediaNotifications['media:feed'];
const closedFeed: Feed = { tier: 'standby', maxSpatialLayer: 0, microphone: 'closed' };

/**
 * Publishes this computer's sources, and does with camera and microphone what the server says of
 * the feed. Without the server's word (before it, and after any loss) the microphone is closed here
 * too. A screen and a private line are open while they are offered; the server lets them through.
 */
export class Publisher extends Emitter<PublisherEvents> {
  readonly #signaller: Signaller;
  readonly #wanted = new Map<MediaSource, MediaStreamTrack>();
  readonly #producers = new Map<MediaSource, types.Producer>();
  #transport: types.Transport | undefined;
  /** Whether another computer sends camera and microphone, so that these are not. */
  #withheld = false;
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

  /** Whether something is to be offered, so that a transport is of use. */
  get wantsTransport(): boolean {
    return [...this.#wanted.keys()].some((source) => !this.#isWithheld(source));
  }

  get attached(): boolean {
    return this.#transport !== undefined;
  }

  /** Whether packets leave, so that the server's reports come back. */
  get flows(): boolean {
    return [...this.#producers].some(
      ([source, { closed, paused }]) => kindOf[source] === 'video' && !closed && !paused,
    );
  }

  /** Browser statistics of what is sent, or undefined when nothing of this source is. */
  async stats(source: MediaSource): Promise<RTCStatsReport | undefined> {
    return this.#producers.get(source)?.getStats();
  }

  /** Offers this camera from now on, in place of the one before; null for none. */
  setCamera(track: MediaStreamTrack | null): Promise<void> {
    return this.setSource('camera', track);
  }

  /**
   * Offers this microphone from now on; null for none. A clone is sent: a level meter goes on
   * hearing the track itself while what is sent is closed.
   */
  setMicrophone(track: MediaStreamTrack | null): Promise<void> {
    return this.setSource('microphone', track);
  }

  /** Offers a track for this source from now on, in place of the one before; null for none. */
  setSource(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#wanted.set(source, track);
    else this.#wanted.delete(source);
    return this.#do(() => this.#offer(source));
  }

  /** Publishes over this transport, which is connected to a room anew. */
  attach(transport: types.Transport): Promise<void> {
    this.detach();
    this.#transport = transport;
    return this.#do(async () => {
      for (const source of ['microphone', ...mediaSources] as const) {
        if (!this.#producers.has(source)) await this.#offer(source);
      }
    });
  }

  /** Stops sending: the transport is gone. Idempotent. */
  detach(): void {
    for (const producer of this.#producers.values()) producer.close();
    this.#producers.clear();
    this.#transport = undefined;
    this.#set(closedFeed);
  }

  /**
   * Another computer sends these sources now; they are not offered again unasked. Camera and
   * microphone wait for `takeBack`, a screen or a line for its own track.
   */
  handleReplaced(group: SourceGroup): void {
    for (const [source, producer] of this.#producers) {
      if (groupOf[source] !== group) continue;
      producer.close();
      this.#producers.delete(source);
    }
    if (group === 'device') {
      this.#withheld = true;
      return this.#set(closedFeed);
    }
    for (const source of this.#wanted.keys()) {
      if (groupOf[source] === group) this.#wanted.delete(source);
    }
    this.emit('replaced', { group });
  }

  /** Camera and microphone are offered again over the next transport. */
  takeBack(): void {
    this.#withheld = false;
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
    const producer = this.#producers.get('microphone');
    if (!producer || producer.closed) return;
    if (this.#feed.microphone === 'open') producer.resume();
    else producer.pause();
  }

  async #applyLayers(): Promise<void> {
    const producer = this.#producers.get('camera');
    if (producer && !producer.closed) {
      await producer.setMaxSpatialLayer(this.#feed.maxSpatialLayer);
    }
  }

  async #offer(source: MediaSource): Promise<void> {
    const transport = this.#transport;
    const wanted = this.#wanted.get(source);
    const producer = this.#producers.get(source);
    if (!transport || transport.closed || this.#isWithheld(source)) return;
    if (!wanted || wanted.readyState === 'ended') {
      if (!producer) return;
      producer.close();
      this.#producers.delete(source);
      await this.#signaller.request('media:closeProducer', { producerId: producer.id });
      return;
    }
    const track = source === 'microphone' ? wanted.clone() : wanted;
    if (source === 'microphone') track.enabled = this.#feed.microphone === 'open';
    if (producer && !producer.closed) {
      await producer.replaceTrack({ track });
    } else {
      const made = await transport.produce({
        track,
        appData: { source },
        ...this.#options(source),
      });
      if (this.#transport !== transport) return made.close();
      this.#producers.set(source, made);
    }
    // The feed may have changed while the track was under way.
    this.#applyMicrophone();
    await this.#applyLayers();
  }

  #isWithheld(source: MediaSource): boolean {
    return this.#withheld && groupOf[source] === 'device';
  }

  #options(source: MediaSource): Omit<types.ProducerOptions, 'track'> {
    if (kindOf[source] === 'audio') {
      const isMusic = source === 'screenSound';
      return {
        codecOptions: { opusFec: true, opusDtx: !isMusic, opusStereo: isMusic },
        stopTracks: source === 'microphone',
      };
    }
    const highest = source === 'camera' ? this.#feed.maxSpatialLayer : screenLayers.length;
    return {
      stopTracks: false,
      encodings: (source === 'camera' ? cameraLayers : screenLayers).map((layer, index) => ({
        ...layer,
        active: index <= highest,
      })),
      codecOptions: { videoGoogleStartBitrate: 500 },
    };
  }

  /** One thing at a time, in order; a failure is told and does not stop what follows. */
  #do(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(task).catch((error: unknown) => this.emit('failed', error));
    return this.#work;
  }
}
