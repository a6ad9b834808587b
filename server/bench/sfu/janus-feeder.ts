import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import { openRoleRelay } from './ice-role-relay.ts';
import { openIngest, opusParameters, vp8Parameters } from './mediasoup-plain.ts';

/** Takes the recording as plain RTP and publishes it to another SFU over WebRTC. */
export interface Feeder {
  readonly port: number;
  readonly offer: string;
  /** Takes the other's answer. */
  accept(answer: string): Promise<void>;
  close(): Promise<void>;
}

const mediaCodecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

export async function openFeeder(workerBin: string, address: string): Promise<Feeder> {
  const worker = await mediasoup.createWorker({ logLevel: 'error', workerBin });
  const router = await worker.createRouter({ mediaCodecs });
  const ingest = await openIngest(router);
  const transport = await router.createWebRtcTransport({
    listenInfos: [{ protocol: 'udp', ip: address }],
  });
  const relay = await openRoleRelay(
    address,
    transport.iceCandidates[0]!.port,
    transport.iceParameters.password,
  );
  const rtpCapabilities = withoutFeedback(router.rtpCapabilities);
  const sections: string[] = [];
  for (const [mid, kind, rtpParameters, format] of [
    ['0', 'audio', opusParameters, 'opus/48000/2'],
    ['1', 'video', vp8Parameters, 'VP8/90000'],
  ] as const) {
    const { id: producerId } = await ingest.produce({ kind, rtpParameters });
    const consumer = await transport.consume({ producerId, rtpCapabilities });
    const { codecs, encodings } = consumer.rtpParameters;
    const { payloadType } = codecs[0]!;
    sections.push(
      `m=${kind} 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
      'c=IN IP4 0.0.0.0',
      `a=mid:${mid}`,
      'a=sendonly',
      'a=rtcp-mux',
      ...iceLines(transport, relay.port),
      `a=rtpmap:${payloadType} ${format}`,
      `a=ssrc:${encodings![0]!.ssrc} cname:sfu`,
    );
  }
  const offer = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite'];
  return {
    port: ingest.tuple.localPort,
    offer: `${[...offer, 'a=group:BUNDLE 0 1', ...sections].join('\r\n')}\r\n`,
    async accept(answer) {
      const [, algorithm, value] = /^a=fingerprint:(\S+) (\S+)/m.exec(answer)!;
      const fingerprint = { algorithm: algorithm as 'sha-256', value: value! };
      await transport.connect({ dtlsParameters: { role: 'client', fingerprints: [fingerprint] } });
    },
    async close() {
      const ended = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()));
      worker.close();
      await ended;
      relay.close();
    },
  };
}

function iceLines(
  { iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport,
  port: number,
) {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')!;
  return [
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    'a=setup:actpass',
    ...iceCandidates.map(
      ({ foundation, protocol, priority, address }) =>
        `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ host`,
    ),
    'a=end-of-candidates',
  ];
}

/** Nothing is measured on this way in, so nothing is fed back on it. */
function withoutFeedback({ codecs = [] }: types.RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: codecs
      .filter(({ mimeType }) => !mimeType.endsWith('/rtx'))
      .map((codec) => ({ ...codec, rtcpFeedback: [] })),
    headerExtensions: [],
  };
}
