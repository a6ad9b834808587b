import type { types as client } from 'mediasoup-client';
import { RemoteSdp } from 'mediasoup-client/handlers/sdp/RemoteSdp';
import * as commonUtils from 'mediasoup-client/handlers/sdp/commonUtils';
import * as unifiedPlan from 'mediasoup-client/handlers/sdp/unifiedPlanUtils';
import * as ortc from 'mediasoup-client/ortc';
import type { MediaDescription, SessionDescription } from 'sdp-transform';
import type { MediaKind, TransportParameters } from '@nhip-cau/shared/protocol/media';
import { dtlsOf, parseOffer, requireBundle, SdpError, usernameFragmentOf } from './sdp.ts';

/** A track that an offer announces, as `produce` takes it. */
export interface OfferedTrack {
  readonly kind: MediaKind;
  readonly rtpParameters: client.RtpParameters;
}

/** An offer to send (RFC 9725), read once, which `answer` answers for one transport. */
export interface PublishOffer {
  readonly dtlsParameters: client.DtlsParameters;
  readonly iceUsernameFragment: string;
  /** At most one of each kind. */
  readonly tracks: readonly OfferedTrack[];
  answer(transport: TransportParameters): string;
}

/**
 * Reads the SDP offer of somebody who sends: at most one audio and one video section, sendonly or
 * sendrecv, over one bundled transport. Throws `SdpError`.
 */
export function readPublishOffer(
  text: string,
  routerRtpCapabilities: client.RtpCapabilities,
): PublishOffer {
  const offer = parseOffer(text);
  const sections = offer.media;
  for (const kind of ['audio', 'video'] as const) {
    if (sections.filter(({ type }) => type === kind).length > 1) {
      throw new SdpError('unusable', `more than one ${kind} section`);
    }
  }
  if (sections.length === 0) throw new SdpError('unusable', 'neither audio nor video');
  for (const { type, direction } of sections) {
    if (type !== 'audio' && type !== 'video') {
      throw new SdpError('unusable', `a section of ${type}`);
    }
    if (direction !== 'sendonly' && direction !== 'sendrecv') {
      throw new SdpError('unusable', `a ${type} section that is ${direction ?? 'sendrecv'}`);
    }
  }
  requireBundle(offer);
  const extended = extendedCapabilities(offer, routerRtpCapabilities);
  const described = sections.map((section) => describe(section, extended));
  return {
    dtlsParameters: dtlsOf(offer),
    iceUsernameFragment: usernameFragmentOf(offer),
    tracks: described.map(({ kind, sending }) => ({ kind, rtpParameters: sending })),
    answer({ iceParameters, iceCandidates, dtlsParameters }) {
      const remote = new RemoteSdp({
        iceParameters: iceParameters as client.IceParameters,
        iceCandidates: iceCandidates as client.IceCandidate[],
        // The encoder opens the DTLS handshake: the server is the passive end (RFC 9725, 4.4.2).
        dtlsParameters: { ...(dtlsParameters as client.DtlsParameters), role: 'server' },
      });
      for (const { section, sending, answering } of described) {
        remote.send({
          offerMediaObject: section,
          offerRtpParameters: sending,
          answerRtpParameters: answering,
          codecOptions: {},
        });
      }
      return remote.getSdp();
    },
  };
}

function extendedCapabilities(
  offer: SessionDescription,
  routerRtpCapabilities: client.RtpCapabilities,
): client.ExtendedRtpCapabilities {
  try {
    const theirs = commonUtils.extractRtpCapabilities({ sdpObject: offer });
    ortc.validateAndNormalizeRtpCapabilities(theirs);
    return ortc.getExtendedRtpCapabilities(theirs, routerRtpCapabilities, false);
  } catch (cause) {
    throw new SdpError('unusable', 'codecs that cannot be read', { cause });
  }
}

interface Described {
  section: MediaDescription;
  kind: MediaKind;
  sending: client.RtpParameters;
  answering: client.RtpParameters;
}

function describe(section: MediaDescription, extended: client.ExtendedRtpCapabilities): Described {
  const kind = section.type as MediaKind;
  const sending = ortc.getSendingRtpParameters(kind, extended);
  const answering = ortc.getSendingRemoteRtpParameters(kind, extended);
  if (sending.codecs.length === 0) {
    throw new SdpError('unusable', `no ${kind} codec that this server takes`);
  }
  sending.codecs = ortc.reduceCodecs(sending.codecs);
  answering.codecs = ortc.reduceCodecs(answering.codecs);
  sending.mid = String(section.mid);
  sending.rtcp = { ...sending.rtcp, cname: commonUtils.getCname({ offerMediaObject: section }) };
  sending.encodings = encodingsOf(section, sending.codecs);
  return { section, kind, sending, answering };
}

/** Simulcast by rids (RFC 8853), smallest first as they are listed; else one stream by its SSRC. */
function encodingsOf(
  section: MediaDescription,
  codecs: client.RtpCodecParameters[],
): client.RtpEncodingParameters[] {
  const rids = (section.rids ?? []).filter(({ direction }) => direction === 'send');
  if (rids.length > 0) return rids.map(({ id }) => ({ rid: String(id) }));
  if (!section.ssrcs?.length) {
    // Without an a=ssrc line the stream is told by its mid (RFC 8843).
    return [{}];
  }
  const encodings = unifiedPlan.getRtpEncodings({ offerMediaObject: section, codecs });
  if (encodings.length > 1) throw new SdpError('unusable', 'simulcast without rids');
  return encodings;
}
