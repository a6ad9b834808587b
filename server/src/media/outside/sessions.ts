import { randomUUID } from 'node:crypto';
import type { types as client } from 'mediasoup-client';
import { mediaRequests } from '@nhip-cau/shared/protocol/media';
import type { MediaPeer } from '../media-peer.ts';
import type { MediaService } from '../media-service.ts';
import { IceSessions, type OpenedSession } from './ice-sessions.ts';
import { readPublishOffer } from './offer.ts';
import { SdpError } from './sdp.ts';

/** Who publishes from outside: a token's session, which stands in one bridge point. */
export interface OutsidePublisher {
  /** Of the token; ending it ends what it opened. */
  readonly sessionId: string;
  readonly dialogueId: string;
  readonly bridgePointId: string;
}

/**
 * Publishers that speak WHIP (RFC 9725) instead of the socket's protocol: hardware encoders, OBS.
 * To the rooms they are peers like any other; a bridge point has one publisher at a time.
 */
export class OutsideSessions extends IceSessions<OutsidePublisher> {
  readonly #media: MediaService;

  constructor(media: MediaService) {
    super();
    this.#media = media;
  }

  /** Throws `SdpError` for an offer that cannot be answered, `MediaError` for one that may not. */
  async open(publisher: OutsidePublisher, offerText: string): Promise<OpenedSession> {
    const id = randomUUID();
    const peer = this.#peerOf(id, publisher);
    const { peerId } = peer;
    const { routerRtpCapabilities } = await this.#media.join(peer);
    try {
      const offer = readPublishOffer(offerText, routerRtpCapabilities as client.RtpCapabilities);
      const transport = await this.#media.createTransport(peerId, 'send');
      const { id: transportId, iceCandidates } = transport;
      await this.#media.connectTransport(peerId, {
        transportId,
        dtlsParameters: offer.dtlsParameters as never,
      });
      for (const { kind, rtpParameters } of offer.tracks) {
        const source = kind === 'audio' ? 'microphone' : 'camera';
        const request = { transportId, source, rtpParameters, appData: {} };
        const { success, data } = mediaRequests['media:produce'].request.safeParse(request);
        if (!success) throw new SdpError('unusable', `a ${kind} section out of bounds`);
        await this.#media.produce(peerId, data);
      }
      const etag = this.add(id, publisher, {
        iceCandidates,
        mids: offer.tracks.map(({ rtpParameters }) => rtpParameters.mid ?? ''),
        usernameFragment: offer.iceUsernameFragment,
        stands: () => this.#media.isConnected(peerId, transportId),
        restartIce: async () =>
          (await this.#media.restartIce(peerId, { transportId })).iceParameters,
        close: () => this.#media.leave(peerId),
      });
      return { id, etag, answer: offer.answer(transport) };
    } catch (error) {
      this.#media.leave(peerId);
      throw error;
    }
  }

  #peerOf(id: string, { dialogueId, bridgePointId }: OutsidePublisher): MediaPeer {
    return {
      peerId: `whip:${id}`,
      dialogueId,
      bridgePointId,
      canPublishFor: bridgePointId,
      canPresentFor: null,
      mayWatch: false,
      accountId: null,
      receives: false,
      notify: (event) => {
        // A WHIP client is told nothing; it sees its path die, and asks anew with its token.
        if (event === 'media:reset' || event === 'media:replaced') this.close(id);
      },
    };
  }
}
