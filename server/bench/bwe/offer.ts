import type { types } from 'mediasoup';

/** An SDP offer of what a transport sends, for a receiver that reaches it by another port. */
export function offerOf(
  { iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport,
  port: number,
  { kind, rtpParameters }: types.Consumer,
): string {
  const { codecs, headerExtensions = [], encodings = [], rtcp } = rtpParameters;
  const { ssrc, rtx } = encodings[0]!;
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')!;
  const candidate = iceCandidates[0]!;
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=sendonly',
    'a=rtcp-mux',
    'a=rtcp-rsize',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    'a=setup:actpass',
    `a=candidate:${candidate.foundation} 1 udp ${candidate.priority} 127.0.0.1 ${port} typ host`,
    'a=end-of-candidates',
    ...codecs.flatMap(codecLines),
    ...headerExtensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    'a=msid:stage camera',
    ...(rtx ? [`a=ssrc-group:FID ${ssrc} ${rtx.ssrc}`] : []),
    ...[ssrc, rtx?.ssrc]
      .filter((one) => one !== undefined)
      .map((one) => `a=ssrc:${one} cname:${rtcp?.cname}`),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function codecLines(codec: types.RtpCodecParameters): string[] {
  const { payloadType, mimeType, clockRate, parameters = {}, rtcpFeedback = [] } = codec;
  const format = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    `a=rtpmap:${payloadType} ${mimeType.split('/')[1]}/${clockRate}`,
    ...(format.length > 0 ? [`a=fmtp:${payloadType} ${format.join(';')}`] : []),
    ...rtcpFeedback.map(({ type, parameter }) =>
      `a=rtcp-fb:${payloadType} ${type} ${parameter ?? ''}`.trim(),
    ),
  ];
}
