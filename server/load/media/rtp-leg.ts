import { isIP } from 'node:net';
import { PeerConnection, type Track, Video } from 'node-datachannel';
import type { IceCandidate, TransportParameters } from '@nhip-cau/shared/protocol/media';
import type { DtlsParameters } from '@nhip-cau/shared/protocol/media-rtp';

export type LegState = 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

/** Where packets for a candidate of the server's are to be sent instead: a relay of the program's. */
export type Route = (candidate: IceCandidate) => Promise<{ address: string; port: number }>;

export interface RtpLegOptions {
  readonly parameters: TransportParameters;
  /** Address of this machine to send from; left out: any. */
  readonly localAddress?: string | undefined;
  readonly route?: Route | undefined;
  /** RTP and RTCP as they come out of SRTP. */
  readonly onPacket: (packet: Buffer) => void;
  readonly onState: (state: LegState) => void;
}

/**
 * The client's end of one transport: real ICE, DTLS and SRTP, and within them bare packets of any
 * stream. Libdatachannel hands everything to a connection's only track and takes everything from it,
 * so nothing is ever negotiated again, however many streams come and go.
 */
export class RtpLeg {
  /** For `media:connectTransport`. */
  readonly dtlsParameters: DtlsParameters;
  readonly transportId: string;
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #answer: string;
  #closed = false;

  /** Makes it ready; nothing is sent before `connect`. */
  static async open(options: RtpLegOptions): Promise<RtpLeg> {
    const { parameters, localAddress, route, onPacket, onState } = options;
    const connection = new PeerConnection('', {
      iceServers: [],
      disableAutoNegotiation: true,
      forceMediaTransport: true,
      ...(localAddress ? { bindAddress: localAddress } : {}),
    });
    const media = new Video('0', 'SendRecv');
    media.addVP8Codec(96);
    const track = connection.addTrack(media);
    connection.onStateChange((state) => onState(state as LegState));
    track.onMessage((packet) => onPacket(packet));
    const offer = await new Promise<string>((resolve) => {
      connection.onLocalDescription((sdp) => resolve(sdp));
      connection.setLocalDescription('offer');
    });
    const [, fingerprint] = /^a=fingerprint:sha-256 (\S+)/m.exec(offer) ?? [];
    if (!fingerprint) throw new Error('an offer without a fingerprint');
    const answer = await answerOf(parameters, route);
    return new RtpLeg(parameters.id, connection, track, fingerprint, answer);
  }

  private constructor(
    transportId: string,
    connection: PeerConnection,
    track: Track,
    fingerprint: string,
    answer: string,
  ) {
    this.transportId = transportId;
    this.#connection = connection;
    this.#track = track;
    this.#answer = answer;
    this.dtlsParameters = {
      role: 'client',
      fingerprints: [{ algorithm: 'sha-256', value: fingerprint }],
    };
  }

  /**
   * Begins with ICE and DTLS. The server must know our fingerprint by then: until it does it lets
   * the handshake's first flight fall, which is sent again only a second later.
   */
  connect(): void {
    if (!this.#closed) this.#connection.setRemoteDescription(this.#answer, 'answer');
  }

  /** Sends one RTP or RTCP packet; before the leg is connected, and after, it is dropped. */
  send(packet: Buffer): void {
    if (!this.#closed && this.#track.isOpen()) this.#track.sendMessageBinary(packet);
  }

  /**
   * Goes on with ICE, DTLS and SRTP, and lets what arrives fall before it comes here, which is half
   * of what it costs. Nothing can be sent any more.
   */
  rest(): void {
    if (!this.#closed) this.#track.close();
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }
}

/**
 * The server's transport as an answer to our offer (RFC 8829): ICE lite, DTLS that waits for us,
 * one section with its candidates.
 */
async function answerOf(
  { iceParameters, iceCandidates, dtlsParameters }: TransportParameters,
  route: Route | undefined,
): Promise<string> {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  if (!fingerprint) throw new Error('the server has no fingerprint of SHA-256');
  // Without a name server: a load program is given addresses.
  const udp = iceCandidates.filter(({ protocol, address }) => protocol === 'udp' && isIP(address));
  const candidates: string[] = [];
  for (const candidate of udp) {
    const { address, port } = route ? await route(candidate) : candidate;
    const { foundation, priority } = candidate;
    candidates.push(`a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`);
  }
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=ice-lite',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'c=IN IP4 127.0.0.1',
    'a=mid:0',
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:96 VP8/90000',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    'a=setup:passive',
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
