import type { IceCandidate, IceParameters } from '@nhip-cau/shared/protocol/media';

/** An SDP fragment (RFC 8840) with the server's ICE credentials and candidates. */
export function iceFragment(
  { usernameFragment, password }: IceParameters,
  candidates: readonly IceCandidate[],
  mids: readonly string[],
): string {
  const sections = mids.flatMap((mid, index) => [
    'm=audio 9 UDP/TLS/RTP/SAVPF 0',
    `a=mid:${mid}`,
    `a=ice-ufrag:${usernameFragment}`,
    `a=ice-pwd:${password}`,
    // The others share the first one's transport.
    ...(index === 0 ? [...candidates.map(candidateLine), 'a=end-of-candidates'] : []),
  ]);
  return ['a=ice-lite', `a=group:BUNDLE ${mids.join(' ')}`, ...sections, ''].join('\r\n');
}

function candidateLine(candidate: IceCandidate): string {
  const { foundation, protocol, priority, ip, port, type, tcpType } = candidate;
  const tcp = tcpType ? ` tcptype ${tcpType}` : '';
  return `a=candidate:${foundation} 1 ${protocol} ${priority} ${ip} ${port} typ ${type}${tcp}`;
}
