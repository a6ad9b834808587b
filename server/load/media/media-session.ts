import type {
  MediaNotificationName,
  MediaNotifications,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { LightClient } from '../light-client.ts';
import { FeedSender } from './feed-sender.ts';
import { pace } from './pacer.ts';
import type { Packets } from './packets.ts';
import { type ReceptionHandlers, Receptions, type Totals } from './receptions.ts';
import { type LegState, type Route, RtpLeg } from './rtp-leg.ts';

export interface SessionOptions {
  readonly packets: Packets;
  /**
   * What becomes of the microphone: `asTold` as our pages do it; `always` sends whatever the server
   * says, so that only the server's own gate keeps it closed; `null` publishes nothing.
   */
  readonly publishes: 'asTold' | 'always' | null;
  readonly receives: {
    readonly maxFeeds: number;
    /** Default true. */
    readonly wantsAudio?: boolean;
    /** After so many pictures nothing is looked at any more, for a program that needs the first. */
    readonly restsAfterFrames?: number;
  } | null;
  readonly localAddress?: string | undefined;
  readonly route?: Route | undefined;
}

export interface SessionHandlers extends ReceptionHandlers {
  /** A path is gone or silent: join again. Called once. */
  readonly onBroken: (why: string) => void;
}

/** A refusal of a media request, by its code. */
export class MediaRefused extends Error {
  readonly code: string;

  constructor(name: string, code: string) {
    super(`${name}: ${code}`);
    this.name = 'MediaRefused';
    this.code = code;
  }
}

export interface Leg {
  rtp: RtpLeg;
  heardAt: number;
}

/** Packets that should come and do not, in ms: as our pages have it for what they receive. */
const silentMs = 2_000;
/** The server reports at least each second and a half to whoever sends. */
const silentSenderMs = 5_000;
const receptionsEveryMs = 40;
const heldUpMs = 500;
const rtpCapabilities: MediaRequestInput<'media:setReceiver'>['rtpCapabilities'] = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: 100,
      clockRate: 48_000,
      channels: 2,
    },
    {
      kind: 'video',
      mimeType: 'video/VP8',
      preferredPayloadType: 101,
      clockRate: 90_000,
      rtcpFeedback: [
        { type: 'nack' },
        { type: 'nack', parameter: 'pli' },
        { type: 'ccm', parameter: 'fir' },
      ],
    },
  ],
  headerExtensions: [],
};

/** One stay in the dialogue's media room over one socket, from its join until it is closed. */
export class MediaSession {
  readonly #client: LightClient;
  readonly #options: SessionOptions;
  readonly #handlers: SessionHandlers;
  readonly #receptions: Receptions;
  readonly #stops: (() => void)[] = [];
  #sender: FeedSender | null = null;
  #soundSentBefore = 0;
  #frames = 0;
  #receiving: Leg | null = null;
  #sending: Leg | null = null;
  #nextReceptionsAt = 0;
  #ended = false;

  constructor(client: LightClient, options: SessionOptions, handlers: SessionHandlers) {
    this.#client = client;
    this.#options = options;
    this.#handlers = handlers;
    this.#receptions = new Receptions(
      { ...handlers, onFrame: (...frame) => this.#handleFrame(...frame) },
      (packet) => this.#receiving?.rtp.send(packet),
    );
  }

  /** Joins, and offers and asks for what the options say. Rejects with `MediaRefused`. */
  async open(): Promise<void> {
    const { receives, publishes, packets } = this.#options;
    await this.#request('media:join', {});
    if (receives) {
      this.#receiving = await this.#openLeg('recv', (packet) => this.#receptions.take(packet));
      const { maxFeeds, wantsAudio = true } = receives;
      const wants = { wantsVideo: maxFeeds > 0, wantsAudio, maxFeeds };
      await this.#request('media:setReceiver', { rtpCapabilities, ...wants });
    }
    if (publishes) {
      this.#sender = new FeedSender(packets, 1_000, (packet) => this.#sending?.rtp.send(packet));
      this.#sender.microphone = publishes === 'always';
      this.#sending = await this.#openLeg('send', (packet) => this.#sender?.handleRtcp(packet));
      const { transportId } = this.#sending.rtp;
      const microphone = this.#sender.microphoneParameters();
      const camera = this.#sender.cameraParameters();
      await this.#produce({ transportId, source: 'microphone', rtpParameters: microphone });
      await this.#produce({ transportId, source: 'camera', rtpParameters: camera });
    }
    if (this.#ended) return;
    const offsetMs = Math.random() * 100;
    let startAt: number | null = null;
    this.#stops.push(
      pace((now) => {
        startAt ??= now + offsetMs;
        if (now >= startAt) this.#tick(now);
      }),
    );
  }

  handle<N extends MediaNotificationName>(name: N, payload: MediaNotifications[N]): void {
    const handlers: { [M in MediaNotificationName]?: (payload: MediaNotifications[M]) => void } = {
      'media:consumer': (offer) => {
        const { consumerId } = offer;
        if (!this.#receptions.accept(offer)) return;
        this.#request('media:resumeConsumer', { consumerId }).catch(() => {});
      },
      'media:consumerState': (state) => this.#receptions.handleState(state),
      'media:consumerClosed': ({ consumerIds }) => this.#receptions.end(consumerIds),
      'media:feed': ({ maxSpatialLayer, microphone }) => {
        if (!this.#sender) return;
        this.#sender.maxLayer = maxSpatialLayer;
        if (this.#options.publishes === 'asTold') this.#sender.microphone = microphone === 'open';
      },
      'media:replaced': ({ group }) => {
        if (group !== 'device') return;
        this.#sending?.rtp.close();
        this.#endSender();
      },
    };
    handlers[name]?.(payload);
  }

  /** Packets of the microphone that have left. */
  get soundSent(): number {
    return this.#soundSentBefore + (this.#sender?.soundSent ?? 0);
  }

  /** All that was received in it. */
  totals(): Totals {
    return this.#receptions.totals();
  }

  /** Gives up the legs; the server hears of it by the next join or the socket's end. Idempotent. */
  close(): void {
    this.#ended = true;
    for (const stop of this.#stops.splice(0)) stop();
    this.#receiving?.rtp.close();
    this.#sending?.rtp.close();
    this.#receiving = null;
    this.#endSender();
    this.#receptions.endAll();
  }

  #endSender(): void {
    this.#soundSentBefore += this.#sender?.soundSent ?? 0;
    this.#sending = null;
    this.#sender = null;
  }

  async #openLeg(direction: 'send' | 'recv', onPacket: (packet: Buffer) => void): Promise<Leg> {
    const { localAddress, route } = this.#options;
    const parameters = await this.#request('media:createTransport', { direction });
    const leg: { heardAt: number; rtp?: RtpLeg } = { heardAt: performance.now() };
    const rtp = await RtpLeg.open({
      parameters,
      localAddress,
      route,
      onPacket: (packet) => {
        leg.heardAt = performance.now();
        onPacket(packet);
      },
      onState: (state) => this.#handleState(direction, state),
    });
    leg.rtp = rtp;
    this.#stops.push(() => rtp.close());
    const { dtlsParameters, transportId } = rtp;
    await this.#request('media:connectTransport', { transportId, dtlsParameters });
    leg.heardAt = performance.now();
    rtp.connect();
    return leg as Leg;
  }

  async #produce(request: Omit<MediaRequestInput<'media:produce'>, 'appData'>): Promise<void> {
    await this.#request('media:produce', {
      ...request,
      appData: {},
    } as MediaRequestInput<'media:produce'>);
  }

  async #request<N extends MediaRequestName>(
    name: N,
    payload: MediaRequestInput<N>,
  ): Promise<MediaResponses[N]> {
    type Answer = ({ ok: true } & MediaResponses[N]) | { ok: false; error: ProtocolError };
    const answer = await this.#client.request<Answer>(name, payload);
    if (!answer.ok) throw new MediaRefused(name, answer.error.code);
    if (this.#ended) throw new MediaRefused(name, 'superseded');
    return answer;
  }

  #handleFrame(...frame: Parameters<SessionHandlers['onFrame']>): void {
    this.#frames += 1;
    this.#handlers.onFrame(...frame);
    if (this.#frames === this.#options.receives?.restsAfterFrames) this.#receiving?.rtp.rest();
  }

  #tick(now: number): void {
    this.#sender?.tick(now);
    if (now < this.#nextReceptionsAt) return;
    // Who was held up himself has heard nothing by his own fault.
    if (now - this.#nextReceptionsAt > heldUpMs) this.#hearNow(now);
    this.#nextReceptionsAt = now + receptionsEveryMs;
    this.#receptions.tick(now);
    this.#listenForSilence(now);
  }

  #hearNow(now: number): void {
    for (const leg of [this.#receiving, this.#sending]) if (leg) leg.heardAt = now;
  }

  #listenForSilence(now: number): void {
    const { heardAt = now } = this.#receiving ?? {};
    const isExpecting = this.#receptions.isExpecting(now, silentMs);
    const isResting = this.#frames >= (this.#options.receives?.restsAfterFrames ?? Infinity);
    if (isExpecting && !isResting && now - heardAt > silentMs) this.#break('nothing received');
    if (this.#sending && now - this.#sending.heardAt > silentSenderMs) {
      this.#break('nothing heard of what is sent');
    }
  }

  #handleState(direction: string, state: LegState): void {
    if (state === 'failed' || state === 'closed') this.#break(`${direction}: ${state}`);
  }

  #break(why: string): void {
    if (this.#ended) return;
    this.close();
    this.#handlers.onBroken(why);
  }
}
