import type {
  MediaNotificationName,
  MediaNotifications,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
  MediaSource,
} from '@nhip-cau/shared/protocol/media';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { LightClient } from '../light-client.ts';
import { FeedSender } from './feed-sender.ts';
import { pace } from './pacer.ts';
import type { Packets } from './packets.ts';
import {
  addFigures,
  noFigures,
  PictureReception,
  type Reception,
  type ReceptionFigures,
  SoundReception,
} from './reception.ts';
import { isRtcp, nackPacket, pliPacket, readRtcp, readRtp, receiverReport } from './rtp.ts';
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
  } | null;
  readonly localAddress?: string | undefined;
  readonly route?: Route | undefined;
}

export interface SessionHandlers {
  /** A whole picture that a decoder could show. */
  readonly onFrame: (source: MediaSource, bridgePointId: string) => void;
  readonly onSound: (source: MediaSource, bridgePointId: string) => void;
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

export interface Received {
  readonly bridgePointId: string;
  readonly source: MediaSource;
  readonly consumerId: string;
  readonly reception: Reception;
  flowing: boolean;
  flowingSince: number;
}

/** All that was received, by kind. */
export interface Totals {
  pictures: ReceptionFigures;
  sounds: ReceptionFigures;
}

interface Leg {
  rtp: RtpLeg;
  heardAt: number;
}

const senderSsrc = 1;
/** Packets that should come and do not, in ms: as our pages have it for what they receive. */
const silentMs = 2_000;
/** The server reports at least each second and a half to whoever sends. */
const silentSenderMs = 5_000;
const requestsEveryMs = 40;
const reportEveryMs = 1_000;
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
  sender: FeedSender | null = null;
  readonly received = new Map<number, Received>();
  readonly #client: LightClient;
  readonly #options: SessionOptions;
  readonly #handlers: SessionHandlers;
  readonly #reports = new Map<number, { ntpMiddle: number; at: number }>();
  readonly #stops: (() => void)[] = [];
  /** Of consumers that are closed. */
  readonly #past: Totals = { pictures: noFigures(), sounds: noFigures() };
  #receiving: Leg | null = null;
  #sending: Leg | null = null;
  #nextRequestsAt = 0;
  #nextReportAt = 0;
  #ended = false;

  constructor(client: LightClient, options: SessionOptions, handlers: SessionHandlers) {
    this.#client = client;
    this.#options = options;
    this.#handlers = handlers;
  }

  /** Joins, and offers and asks for what the options say. Rejects with `MediaRefused`. */
  async open(): Promise<void> {
    const { receives, publishes, packets } = this.#options;
    await this.#request('media:join', {});
    if (receives) {
      this.#receiving = await this.#openLeg('recv', (packet) => this.#take(packet));
      const wants = { wantsVideo: receives.maxFeeds > 0, wantsAudio: true, ...receives };
      await this.#request('media:setReceiver', { rtpCapabilities, ...wants });
    }
    if (publishes) {
      this.sender = new FeedSender(packets, 1_000, (packet) => this.#sending?.rtp.send(packet));
      this.sender.microphone = publishes === 'always';
      this.#sending = await this.#openLeg('send', (packet) => this.sender?.handleRtcp(packet));
      const { transportId } = this.#sending.rtp;
      const microphone = this.sender.microphoneParameters();
      const camera = this.sender.cameraParameters();
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
      'media:consumer': (offer) => this.#accept(offer),
      'media:consumerState': ({ consumers }) => {
        for (const { consumerId, paused } of consumers) this.#setFlowing(consumerId, !paused);
      },
      'media:consumerClosed': ({ consumerIds }) => {
        for (const [ssrc, received] of this.received) {
          if (!consumerIds.includes(received.consumerId)) continue;
          this.received.delete(ssrc);
          this.#addTo(this.#past, received);
        }
      },
      'media:feed': ({ maxSpatialLayer, microphone }) => {
        if (!this.sender) return;
        this.sender.maxLayer = maxSpatialLayer;
        if (this.#options.publishes === 'asTold') this.sender.microphone = microphone === 'open';
      },
      'media:replaced': ({ group }) => {
        if (group !== 'device') return;
        this.#sending?.rtp.close();
        this.#sending = null;
        this.sender = null;
      },
    };
    handlers[name]?.(payload);
  }

  /** All that was received, of consumers that stand and of those that are closed. */
  totals(): Totals {
    const totals = { ...this.#past };
    for (const received of this.received.values()) this.#addTo(totals, received);
    return totals;
  }

  /** Gives up the legs; the server hears of it by the next join or the socket's end. Idempotent. */
  close(): void {
    this.#ended = true;
    for (const stop of this.#stops.splice(0)) stop();
    this.#receiving?.rtp.close();
    this.#sending?.rtp.close();
    this.#receiving = this.#sending = null;
    this.sender = null;
    this.received.clear();
  }

  #addTo(totals: Totals, { reception }: Received): void {
    const kind = reception instanceof SoundReception ? 'sounds' : 'pictures';
    totals[kind] = addFigures(totals[kind], reception.figures);
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

  #accept(offer: MediaNotifications['media:consumer']): void {
    const { bridgePointId, source, kind, consumerId } = offer;
    const ssrc = offer.rtpParameters.encodings?.[0]?.ssrc;
    if (ssrc === undefined) return;
    const reception =
      kind === 'audio'
        ? new SoundReception()
        : new PictureReception(() => this.#handlers.onFrame(source, bridgePointId));
    const flowingSince = performance.now();
    const received = { bridgePointId, source, consumerId, reception, flowing: false, flowingSince };
    this.received.set(ssrc, received);
    this.#request('media:resumeConsumer', { consumerId }).catch(() => {});
  }

  #setFlowing(consumerId: string, flowing: boolean): void {
    for (const received of this.received.values()) {
      if (received.consumerId !== consumerId || received.flowing === flowing) continue;
      received.flowing = flowing;
      received.flowingSince = performance.now();
      received.reception.restart();
    }
  }

  #take(bytes: Buffer): void {
    if (isRtcp(bytes)) {
      for (const message of readRtcp(bytes)) {
        if (message.kind !== 'senderReport') continue;
        const { ntpMiddle } = message;
        this.#reports.set(message.ssrc, { ntpMiddle, at: performance.now() });
      }
      return;
    }
    const packet = readRtp(bytes);
    const received = packet ? this.received.get(packet.ssrc) : undefined;
    if (!packet || !received) return;
    received.reception.take(packet, performance.now());
    if (received.reception instanceof SoundReception) {
      this.#handlers.onSound(received.source, received.bridgePointId);
    }
  }

  #tick(now: number): void {
    this.sender?.tick(now);
    if (now >= this.#nextRequestsAt) {
      this.#nextRequestsAt = now + requestsEveryMs;
      this.#ask(now);
      this.#listenForSilence(now);
    }
    if (now >= this.#nextReportAt) {
      this.#nextReportAt = now + reportEveryMs;
      this.#report(now);
    }
  }

  #ask(now: number): void {
    for (const [ssrc, { reception, flowing }] of this.received) {
      if (!flowing) continue;
      const { again, keyFrame } = reception.requests(now);
      if (again.length > 0) this.#receiving?.rtp.send(nackPacket(senderSsrc, ssrc, again));
      if (keyFrame) this.#receiving?.rtp.send(pliPacket(senderSsrc, ssrc));
    }
  }

  #report(now: number): void {
    const reports = [...this.received]
      .filter(([, { flowing }]) => flowing)
      .map(([ssrc, { reception }]) => {
        const heard = this.#reports.get(ssrc);
        const { ntpMiddle = 0, at = now } = heard ?? {};
        return { ssrc, ...reception.report(), ntpMiddle, sinceMs: now - at };
      });
    if (reports.length > 0) this.#receiving?.rtp.send(receiverReport(senderSsrc, reports));
  }

  #listenForSilence(now: number): void {
    const { heardAt = now } = this.#receiving ?? {};
    const isExpecting = [...this.received.values()].some(
      ({ flowing, flowingSince }) => flowing && now - flowingSince > silentMs,
    );
    if (isExpecting && now - heardAt > silentMs) this.#break('nothing received');
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
