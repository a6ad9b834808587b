import type { DtlsParameters } from '@nhip-cau/shared/protocol/media-rtp';
import type { TransportOpener } from '../../src/media/transports.ts';
import { masterKeyBytes, srtpCryptoSuite } from './srtp.ts';

const ip = '127.0.0.1';
const listenInfo = { protocol: 'udp', ip } as const;
/** Of what a receiver sends, which is nothing. */
const unusedKey = Buffer.alloc(masterKeyBytes).toString('base64');

/**
 * Transports of the same server without ICE and DTLS, which the receivers of this measurement could
 * not pay for beside it: speakers send plain RTP, receivers get SRTP, whose key they are told in
 * the place of ICE's password. All else is the product's.
 */
export const openPlainTransport: TransportOpener = async (_worker, router, direction) => {
  const transport = await router.createPlainTransport({
    listenInfo,
    rtcpMux: true,
    comedia: direction === 'send',
    ...(direction === 'recv' ? { enableSrtp: true, srtpCryptoSuite } : {}),
  });
  const port = transport.tuple.localPort;
  return {
    transport,
    parameters: {
      id: transport.id,
      iceParameters: { usernameFragment: '', password: transport.srtpParameters?.keyBase64 ?? '' },
      iceCandidates: [
        { foundation: '0', priority: 1, ip, address: ip, protocol: 'udp', port, type: 'host' },
      ],
      dtlsParameters: { fingerprints: [] },
    },
    async connect(dtlsParameters) {
      if (direction === 'send') return;
      await transport.connect({
        ip,
        port: portIn(dtlsParameters),
        srtpParameters: { cryptoSuite: srtpCryptoSuite, keyBase64: unusedKey },
      });
    },
    restartIce: async () => ({ usernameFragment: '', password: '' }),
  };
};

/** A receiver's UDP port, in the place of a certificate's fingerprint: the protocol has no other. */
export function portAsFingerprint(port: number): DtlsParameters {
  const bytes = Array<number>(32).fill(0);
  bytes[0] = port >> 8;
  bytes[1] = port & 0xff;
  const value = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
}

function portIn({ fingerprints }: DtlsParameters): number {
  return Number.parseInt(fingerprints[0]!.value.slice(0, 5).replace(':', ''), 16);
}
