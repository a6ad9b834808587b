import type { types as client } from 'mediasoup-client';
import { write } from 'sdp-transform';
import type { MediaDescription, SessionDescription } from 'sdp-transform';
import type { MediaKind, TransportParameters } from '@nhip-cau/shared/protocol/media';
import { dtlsOf, parseOffer, requireBundle, SdpError, usernameFragmentOf } from './sdp.ts';

/** What each kind of the programme is coded as. */
export const programmeCodecs = {
  audio: { name: 'opus', clockRate: 48_000, channels: 2 },
  video: { name: 'VP8', clockRate: 90_000, channels: undefined },
} as const;

/** What of a player's feedback is of use for a picture that is sent as it came. */
export const pictureFeedback = [
  { type: 'nack' },
  { type: 'nack', parameter: 'pli' },
  { type: 'ccm', parameter: 'fir' },
];

/** By kind, the payload type that the player takes it with; kinds that it does not want are absent. */
export type PayloadTypes = Partial<Record<MediaKind, number>>;

/** An offer to play (draft-ietf-wish-whep), read once, which `answer` answers for one transport. */
export interface PlayOffer {
  readonly dtlsParameters: client.DtlsParameters;
  readonly usernameFragment: string;
  readonly payloadTypes: PayloadTypes;
  /** Of the sections that are answered with media. */
  readonly mids: readonly string[];
  /** `ssrcs`: of what is sent, by kind. */
  answer(transport: TransportParameters, ssrcs: Partial<Record<MediaKind, number>>): string;
}

interface Section {
  readonly offered: MediaDescription;
  readonly kind: MediaKind;
  readonly payloadType: number;
}

/**
 * Reads the SDP offer of a player: sound, picture, or both, recvonly or sendrecv, over one bundled
 * transport. What else it offers is answered by a closed section. Throws `SdpError`.
 */
export function readPlayOffer(text: string): PlayOffer {
  const offer = parseOffer(text);
  requireBundle(offer);
  const sections = new Map<MediaKind, Section>();
  for (const offered of offer.media) {
    const { direction, port, type } = offered;
    if (type !== 'audio' && type !== 'video') continue;
    if (direction === 'sendonly' || direction === 'inactive') {
      throw new SdpError('unusable', `a ${type} section that is ${direction}`);
    }
    // A port of 0 is a section that is not offered, but where it hangs on another one's transport.
    const isOffered = port !== 0 || isBundleOnly(offered);
    if (!isOffered || sections.has(type)) continue;
    const payloadType = payloadTypeOf(offered, type);
    if (payloadType === null) {
      throw new SdpError('unusable', `no ${programmeCodecs[type].name} in the ${type} section`);
    }
    sections.set(type, { offered, kind: type, payloadType });
  }
  if (sections.size === 0) throw new SdpError('unusable', 'neither audio nor video');
  const accepted = [...sections.values()];
  if (new Set(accepted.map(({ payloadType }) => payloadType)).size < accepted.length) {
    throw new SdpError('unusable', 'one payload type for both sections');
  }
  return {
    dtlsParameters: dtlsOf(offer),
    usernameFragment: usernameFragmentOf(offer),
    payloadTypes: Object.fromEntries(accepted.map(({ kind, payloadType }) => [kind, payloadType])),
    mids: accepted.map(({ offered }) => String(offered.mid)),
    answer: (transport, ssrcs) => answerOf(offer, accepted, transport, ssrcs),
  };
}

const isBundleOnly = ({ invalid }: MediaDescription) =>
  invalid?.some(({ value }) => value === 'bundle-only') ?? false;

function payloadTypeOf({ rtp }: MediaDescription, kind: MediaKind): number | null {
  const { channels, clockRate, name } = programmeCodecs[kind];
  const found = rtp.find(
    ({ codec, encoding, rate }) =>
      codec.toLowerCase() === name.toLowerCase() &&
      rate === clockRate &&
      (channels === undefined || Number(encoding) === channels),
  );
  // RFC 5761 §4: with RTCP on the same port these are taken.
  if (found === undefined || (found.payload >= 64 && found.payload <= 95)) return null;
  return found.payload <= 127 ? found.payload : null;
}

/** Both tracks are of one stream, so that a player keeps them in step. */
const streamId = 'programme';

function answerOf(
  offer: SessionDescription,
  accepted: readonly Section[],
  { dtlsParameters, iceCandidates, iceParameters }: TransportParameters,
  ssrcs: Partial<Record<MediaKind, number>>,
): string {
  const fingerprint = (dtlsParameters as client.DtlsParameters).fingerprints.at(-1)!;
  const candidates = iceCandidates.map(({ protocol, tcpType, ...candidate }) => ({
    ...candidate,
    component: 1,
    transport: protocol,
    ...(tcpType ? { tcptype: tcpType } : {}),
  }));
  const media = offer.media.map((offered) => {
    const section = accepted.find((one) => one.offered === offered);
    const { mid, payloads, protocol, type } = offered;
    const own = { mid: String(mid), type, protocol, rtp: [], fmtp: [] };
    if (!section) return { ...own, port: 0, payloads: payloads ?? '0', direction: 'inactive' };
    const { kind, payloadType } = section;
    const { channels, clockRate, name } = programmeCodecs[kind];
    const codec = { payload: payloadType, codec: name, rate: clockRate };
    return {
      ...own,
      port: 7,
      payloads: String(payloadType),
      connection: { version: 4, ip: '0.0.0.0' },
      rtp: [channels ? { ...codec, encoding: channels } : codec],
      fmtp: kind === 'audio' ? [{ payload: payloadType, config: 'sprop-stereo=1' }] : [],
      rtcpFb:
        kind === 'audio'
          ? []
          : pictureFeedback.map(({ parameter, type: feedback }) => ({
              payload: payloadType,
              type: feedback,
              ...(parameter ? { subtype: parameter } : {}),
            })),
      iceUfrag: iceParameters.usernameFragment,
      icePwd: iceParameters.password,
      candidates,
      endOfCandidates: 'end-of-candidates',
      fingerprint: { type: fingerprint.algorithm, hash: fingerprint.value },
      setup: 'passive',
      direction: 'sendonly',
      rtcpMux: 'rtcp-mux',
      rtcpRsize: 'rtcp-rsize',
      invalid: [{ value: 'rtcp-mux-only' }],
      msid: [{ id: streamId, appdata: kind }],
      ssrcs: [{ id: ssrcs[kind]!, attribute: 'cname', value: streamId }],
    };
  });
  return write({
    version: 0,
    origin: {
      username: '-',
      sessionId: String(Date.now()),
      sessionVersion: 1,
      netType: 'IN',
      ipVer: 4,
      address: '0.0.0.0',
    },
    name: '-',
    timing: { start: 0, stop: 0 },
    icelite: 'ice-lite',
    groups: [{ type: 'BUNDLE', mids: accepted.map(({ offered }) => offered.mid).join(' ') }],
    media,
  } as unknown as SessionDescription);
}
