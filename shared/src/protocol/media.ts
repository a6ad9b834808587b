import { z } from 'zod';
import {
  audioRtpParameters,
  dtlsParameters,
  mediaId,
  rtpCapabilities,
  videoRtpParameters,
} from './media-rtp.ts';
import type { RtpCapabilities } from './media-rtp.ts';
import { rungs } from './media-sources.ts';
import type { MediaKind, MediaSource, SourceGroup } from './media-sources.ts';

export * from './media-sources.ts';

/**
 * Media signalling between a browser and the SFU. Requests are answered; notifications are not.
 * None of it enters the log: what the stage should be is decided by commands, and this is only how
 * packets find their way.
 */

export type FeedTier = 'standby' | 'onDeck' | 'onAir';
export type MicrophoneState = 'closed' | 'open';

const empty = z.strictObject({});
const ofTransport = { transportId: mediaId };

/** Every request a client may make, with the strict schema that its payload must pass first. */
export const mediaRequests = {
  /** Enters the dialogue's room; whatever this socket had there before is closed. */
  'media:join': { request: empty },
  /** Leaves the room and closes everything of this socket. */
  'media:leave': { request: empty },
  /** What this client can decode and wants to receive; may be sent again when it changes. */
  'media:setReceiver': {
    request: z.strictObject({
      rtpCapabilities,
      wantsVideo: z.boolean(),
      wantsAudio: z.boolean(),
      /** Most feeds whose picture is shown at once; sound is not limited by it. */
      maxFeeds: z.int().min(0).max(16),
      rung: z.enum(rungs).default('video'),
      /** Height of the largest picture on this screen, in pixels. */
      maxHeight: z.int().min(90).max(2160).default(2160),
      /** Bridge points whose picture is wanted small and without sound, on the stage or not. */
      watches: z.array(mediaId).max(64).default([]),
    }),
  },
  'media:createTransport': { request: z.strictObject({ direction: z.enum(['send', 'recv']) }) },
  'media:connectTransport': { request: z.strictObject({ ...ofTransport, dtlsParameters }) },
  'media:restartIce': { request: z.strictObject(ofTransport) },
  /** Offers a source. It stays closed at the server until the stage opens it. */
  'media:produce': {
    request: z.discriminatedUnion('source', [
      z.strictObject({
        ...ofTransport,
        source: z.enum(['microphone', 'screenSound', 'line']),
        rtpParameters: audioRtpParameters,
        appData: empty,
      }),
      z.strictObject({
        ...ofTransport,
        source: z.enum(['camera', 'screen']),
        rtpParameters: videoRtpParameters,
        appData: empty,
      }),
    ]),
  },
  'media:closeProducer': { request: z.strictObject({ producerId: mediaId }) },
  /** The client's end of a consumer stands; the server lets it flow when the stage says so. */
  'media:resumeConsumer': { request: z.strictObject({ consumerId: mediaId }) },
} as const;

export type MediaRequestName = keyof typeof mediaRequests;
/** A request as its sender writes it; what has a default may be left out. */
export type MediaRequestInput<N extends MediaRequestName> = z.input<
  (typeof mediaRequests)[N]['request']
>;
/** A request that has passed its schema. */
export type MediaRequest<N extends MediaRequestName> = z.infer<
  (typeof mediaRequests)[N]['request']
>;

export interface IceParameters {
  usernameFragment: string;
  password: string;
  iceLite?: boolean;
}

export interface IceCandidate {
  foundation: string;
  priority: number;
  ip: string;
  address: string;
  protocol: 'udp' | 'tcp';
  port: number;
  type: 'host';
  tcpType?: 'passive';
}

/** A server for ICE (STUN or TURN), as a browser's `RTCPeerConnection` takes it. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** A server-side transport, as mediasoup-client's `createSendTransport` takes it. */
export interface TransportParameters {
  id: string;
  iceParameters: IceParameters;
  iceCandidates: IceCandidate[];
  dtlsParameters: {
    role?: 'auto' | 'client' | 'server';
    fingerprints: {
      algorithm: 'sha-1' | 'sha-224' | 'sha-256' | 'sha-384' | 'sha-512';
      value: string;
    }[];
  };
  /** Relays for a network that lets no packets through to the candidates; absent: none. */
  iceServers?: IceServer[];
  /** `relay`: by the relays alone, and never straight to the candidates. */
  iceTransportPolicy?: 'all' | 'relay';
}

/** Answers of the requests that say more than "done". */
export interface MediaResponses {
  'media:join': { routerRtpCapabilities: RtpCapabilities };
  'media:leave': Record<string, never>;
  'media:setReceiver': Record<string, never>;
  'media:createTransport': TransportParameters;
  'media:connectTransport': Record<string, never>;
  'media:restartIce': { iceParameters: IceParameters };
  'media:produce': { producerId: string };
  'media:closeProducer': Record<string, never>;
  'media:resumeConsumer': Record<string, never>;
}

/** RTP parameters that the server made for a consumer: trusted, so typed but not validated. */
export interface ConsumerRtpParameters {
  mid?: string;
  codecs: {
    mimeType: string;
    payloadType: number;
    clockRate: number;
    channels?: number;
    parameters?: Record<string, unknown>;
    rtcpFeedback?: { type: string; parameter?: string }[];
  }[];
  headerExtensions?: {
    uri: NonNullable<RtpCapabilities['headerExtensions']>[number]['uri'];
    id: number;
    encrypt?: boolean;
    parameters?: Record<string, unknown>;
  }[];
  encodings?: {
    ssrc?: number;
    rid?: string;
    codecPayloadType?: number;
    rtx?: { ssrc: number };
    dtx?: boolean;
    scalabilityMode?: string;
    maxBitrate?: number;
  }[];
  rtcp?: { cname?: string; reducedSize?: boolean };
  msid?: string;
}

/** Every notification that the server sends to one client. */
export interface MediaNotifications {
  /** A consumer was made, paused; answer with `media:resumeConsumer` once it stands. */
  'media:consumer': {
    consumerId: string;
    producerId: string;
    /** Whose it is; of a line, the hall at its one end, whoever speaks. */
    bridgePointId: string;
    source: MediaSource;
    kind: MediaKind;
    rtpParameters: ConsumerRtpParameters;
  };
  /** Consumers that began or ceased to flow; all changes of one step come together. */
  'media:consumerState': {
    consumers: { consumerId: string; paused: boolean }[];
    /** Those that the same step closed. */
    closed?: string[];
  };
  /** Consumers that a step closed which changed no other. */
  'media:consumerClosed': { consumerIds: string[] };
  /** To the publisher: what its feed is now, and whether its microphone is open at the server. */
  'media:feed': { tier: FeedTier; maxSpatialLayer: number; microphone: MicrophoneState };
  /** The room is gone, or what this socket may do there has changed; join again. */
  'media:reset': Record<string, never>;
  /** Another computer now sends these sources; do not send them again unasked. */
  'media:replaced': { group: SourceGroup };
}

export type MediaNotificationName = keyof MediaNotifications;

/** Codes of the refusals that media requests can meet, beside a payload that breaks its schema. */
export const mediaErrorCodes = [
  'media.not_joined',
  'media.not_allowed',
  'media.unknown_transport',
  'media.incompatible',
  'media.limit',
] as const;
export type MediaErrorCode = (typeof mediaErrorCodes)[number];
