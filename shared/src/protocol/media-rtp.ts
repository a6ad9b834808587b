import { z } from 'zod';

/**
 * What a browser may say about RTP, ICE and DTLS before mediasoup sees it: every object strict,
 * every string and array bounded, and only what our own client produces (ORTC shapes as in
 * mediasoup-client; RFC 8852 for rids, RFC 8122 for fingerprints).
 */

const payloadType = z.int().min(0).max(127);
const ssrc = z.int().min(0).max(0xffff_ffff);
const kind = z.enum(['audio', 'video']);

// mediasoup's identifiers are UUIDs; the exact form is the server's business, the bound is ours.
export const mediaId = z.string().regex(/^[0-9a-zA-Z-]{1,64}$/);

const codecParameters = z
  .record(
    z.string().regex(/^[a-zA-Z0-9-]{1,40}$/),
    // They come out again in the session description that a recorder is given: one line each.
    z.union([z.string().regex(/^[\x20-\x7e]{0,64}$/), z.int().min(0).max(0xffff_ffff)]),
  )
  .refine((value) => Object.keys(value).length <= 16, 'too many codec parameters');

const rtcpFeedback = z
  .array(z.strictObject({ type: z.string().max(20), parameter: z.string().max(20).optional() }))
  .max(12);

const headerExtensionUri = z.enum([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
]);

/** What a receiver can decode; the router's own capabilities have the same shape. */
export const rtpCapabilities = z.strictObject({
  codecs: z
    .array(
      z.strictObject({
        kind,
        mimeType: z.string().regex(/^(audio|video)\/[a-zA-Z0-9.-]{1,32}$/),
        preferredPayloadType: payloadType,
        clockRate: z.int().min(1).max(192_000),
        channels: z.int().min(1).max(8).optional(),
        parameters: codecParameters.optional(),
        rtcpFeedback: rtcpFeedback.optional(),
      }),
    )
    .min(1)
    .max(32),
  headerExtensions: z
    .array(
      z.strictObject({
        kind,
        uri: headerExtensionUri,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(40)
    .optional(),
});

/** The browser's certificate fingerprints for DTLS. */
export const dtlsParameters = z.strictObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.strictObject({
        algorithm: z.enum(['sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31,63}$/),
      }),
    )
    .min(1)
    .max(3),
});

const codec = <const T extends readonly [string, ...string[]]>(mimeTypes: T) =>
  z.strictObject({
    mimeType: z.enum(mimeTypes),
    payloadType,
    clockRate: z.int().min(1).max(192_000),
    channels: z.int().min(1).max(2).optional(),
    parameters: codecParameters.optional(),
    rtcpFeedback: rtcpFeedback.optional(),
  });

const commonRtpParameters = {
  mid: z
    .string()
    .regex(/^[0-9a-zA-Z]{1,8}$/)
    .optional(),
  headerExtensions: z
    .array(
      z.strictObject({
        uri: headerExtensionUri,
        id: z.int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: z.strictObject({}).optional(),
      }),
    )
    .max(20)
    .optional(),
  rtcp: z
    .strictObject({
      cname: z.string().max(64).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
  msid: z.string().max(160).optional(),
};

const rtxSsrc = z.strictObject({ ssrc });

/** One Opus stream. */
export const audioRtpParameters = z.strictObject({
  ...commonRtpParameters,
  codecs: z.array(codec(['audio/opus'])).length(1),
  encodings: z
    .array(
      z.strictObject({
        ssrc,
        dtx: z.boolean().optional(),
        maxBitrate: z.int().min(6_000).max(510_000).optional(),
      }),
    )
    .length(1),
});

// The rids that mediasoup-client gives its layers, lowest first; any other is not ours.
export const simulcastRids = ['r0', 'r1', 'r2'] as const;

const videoEncoding = z.strictObject({
  active: z.boolean().optional(),
  rid: z.enum(simulcastRids).optional(),
  ssrc: ssrc.optional(),
  rtx: rtxSsrc.optional(),
  codecPayloadType: payloadType.optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z
    .string()
    .regex(/^L1T[1-3]$/)
    .optional(),
  scaleResolutionDownBy: z.number().min(1).max(16).optional(),
  maxBitrate: z.int().min(10_000).max(8_000_000).optional(),
  maxFramerate: z.number().min(1).max(60).optional(),
});

/**
 * VP8 or H.264 (with its retransmission codec): one plain stream, or two or three simulcast layers.
 */
export const videoRtpParameters = z.strictObject({
  ...commonRtpParameters,
  codecs: z
    .array(codec(['video/VP8', 'video/H264', 'video/rtx']))
    .min(1)
    .max(2),
  encodings: z
    .array(videoEncoding)
    .min(1)
    .max(3)
    .refine(
      (layers) =>
        layers.length === 1
          ? layers[0]!.ssrc !== undefined || layers[0]!.rid === 'r0'
          : layers.every((layer, index) => layer.rid === simulcastRids[index]),
      'simulcast layers must be r0, r1, r2 in this order',
    ),
});

export type RtpCapabilities = z.infer<typeof rtpCapabilities>;
export type DtlsParameters = z.infer<typeof dtlsParameters>;
export type AudioRtpParameters = z.infer<typeof audioRtpParameters>;
export type VideoRtpParameters = z.infer<typeof videoRtpParameters>;
