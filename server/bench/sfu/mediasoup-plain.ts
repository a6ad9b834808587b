import { randomBytes } from 'node:crypto';
import type { types } from 'mediasoup';
import { payloadTypes, srtpCryptoSuite, srtpKeyBytes, ssrcs } from './contender.ts';

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;

/** A transport that takes plain RTP. */
export function openIngest(router: types.Router): Promise<types.PlainTransport> {
  return router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
}

/** A transport that sends SRTP to a port of 127.0.0.1. */
export async function openReceiver(
  router: types.Router,
  port: number,
): Promise<types.PlainTransport> {
  const transport = await router.createPlainTransport({
    listenInfo,
    rtcpMux: true,
    comedia: false,
    enableSrtp: true,
    srtpCryptoSuite,
  });
  const keyBase64 = randomBytes(srtpKeyBytes).toString('base64');
  await transport.connect({
    ip: '127.0.0.1',
    port,
    srtpParameters: { cryptoSuite: srtpCryptoSuite, keyBase64 },
  });
  return transport;
}

export const opusParameters = {
  codecs: [
    {
      mimeType: 'audio/opus' as const,
      payloadType: payloadTypes.audio,
      clockRate: 48_000,
      channels: 2,
    },
  ],
  encodings: [{ ssrc: ssrcs.audio }],
};

export const vp8Parameters = {
  codecs: [{ mimeType: 'video/VP8' as const, payloadType: payloadTypes.video, clockRate: 90_000 }],
  encodings: [{ ssrc: ssrcs.video }],
};
