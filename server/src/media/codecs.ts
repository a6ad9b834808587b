import type { types } from 'mediasoup';

/**
 * What a router speaks. Opus with in-band FEC (RFC 7587) because a commune's line loses packets,
 * VP8 because every browser encodes it in simulcast, and H.264 (constrained baseline, RFC 6184)
 * because encoders in hardware speak nothing else.
 */
export const routerCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  {
    kind: 'video',
    mimeType: 'video/VP8',
    clockRate: 90_000,
    parameters: { 'x-google-start-bitrate': 500 },
  },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: {
      'packetization-mode': 1,
      'profile-level-id': '42e01f',
      'level-asymmetry-allowed': 1,
      'x-google-start-bitrate': 500,
    },
  },
];
