import { randomUUID } from 'node:crypto';
import type { types as client } from 'mediasoup-client';
import { mediaRequests } from '@nhip-cau/shared/protocol/media';
import type { IceParameters, TransportParameters } from '@nhip-cau/shared/protocol/media';
import type { MediaPeer } from '../media-peer.ts';
import type { MediaService } from '../media-service.ts';
import { iceFragment } from './ice-fragment.ts';
import { readPublishOffer, SdpError } from './offer.ts';

/** Who publishes from outside: a token's session, which stands in one bridge point. */
export interface OutsidePublisher {
  /** Of the token; ending it ends what it opened. */
  readonly sessionId: string;
  readonly dialogueId: string;
  readonly bridgePointId: string;
}

export interface OpenedSession {
  readonly id: string;
  /** Of the ICE session; a restart changes it. */
  readonly etag: string;
  /** An SDP answer. */
  readonly answer: string;
}

export type PatchAnswer =
  | { kind: 'noted' }
  | { kind: 'restarted'; etag: string; fragment: string }
  | { kind: 'precondition' };

interface Session {
  readonly id: string;
  readonly publisher: OutsidePublisher;
  readonly transport: TransportParameters;
  readonly mids: readonly string[];
  etag: string;
  /** Since when its path does not stand, by the caller's clock; `null` while it does. */
  brokenSince: number | null;
  /** The publisher's; another one in a PATCH asks for a restart. */
  usernameFragment: string;
}

/** How long a session may be without a path before it is over, in ms. */
export const brokenMs = 60_000;

const newEtag = () => `"${randomUUID()}"`;

/**
 * Publishers that speak WHIP (RFC 9725) instead of the socket's protocol: hardware encoders, OBS.
 * To the rooms they are peers like any other; a bridge point has one publisher at a time.
 */
export class OutsideSessions {
  readonly #media: MediaService;
  readonly #sessions = new Map<string, Session>();

  constructor(media: MediaService) {
    this.#media = media;
  }

  /** Throws `SdpError` for an offer that cannot be answered, `MediaError` for one that may not. */
  async open(publisher: OutsidePublisher, offerText: string): Promise<OpenedSession> {
    const id = randomUUID();
    const peer = this.#peerOf(id, publisher);
    const { routerRtpCapabilities } = await this.#media.join(peer);
    try {
      const offer = readPublishOffer(offerText, routerRtpCapabilities as client.RtpCapabilities);
      const transport = await this.#media.createTransport(peer.peerId, 'send');
      const { id: transportId } = transport;
      await this.#media.connectTransport(peer.peerId, {
        transportId,
        dtlsParameters: offer.dtlsParameters as never,
      });
      for (const { kind, rtpParameters } of offer.tracks) {
        const source = kind === 'audio' ? 'microphone' : 'camera';
        const request = { transportId, source, rtpParameters, appData: {} };
        const { success, data } = mediaRequests['media:produce'].request.safeParse(request);
        if (!success) throw new SdpError('unusable', `a ${kind} section out of bounds`);
        await this.#media.produce(peer.peerId, data);
      }
      const etag = newEtag();
      const mids = offer.tracks.map(({ rtpParameters }) => rtpParameters.mid ?? '');
      const { iceUsernameFragment: usernameFragment } = offer;
      this.#sessions.set(id, {
        id,
        publisher,
        transport,
        mids,
        etag,
        brokenSince: null,
        usernameFragment,
      });
      return { id, etag, answer: offer.answer(transport) };
    } catch (error) {
      this.#media.leave(peer.peerId);
      throw error;
    }
  }

  /** The publisher of an open session. */
  publisherOf(id: string): OutsidePublisher | undefined {
    return this.#sessions.get(id)?.publisher;
  }

  /**
   * Takes a trickled candidate's fragment, of which an ICE-lite server needs nothing, or restarts
   * ICE when the fragment has other credentials; `ifMatch` as RFC 9725, 4.3 has it.
   * Throws `SdpError` (`malformed`), `MediaError`.
   */
  async patch(id: string, ifMatch: string, fragment: string): Promise<PatchAnswer> {
    const session = this.#sessions.get(id);
    if (!session) throw new SdpError('malformed', 'no such session');
    const usernameFragment = /^a=ice-ufrag:(\S+)\s*$/m.exec(fragment)?.[1];
    if (!usernameFragment || !/^a=mid:\S+\s*$/m.test(fragment)) {
      throw new SdpError('malformed', 'a fragment without a=ice-ufrag and a=mid');
    }
    const restarts = usernameFragment !== session.usernameFragment;
    if (restarts ? ifMatch !== '*' : ifMatch !== session.etag) return { kind: 'precondition' };
    if (!restarts) return { kind: 'noted' };
    const transportId = session.transport.id;
    const { iceParameters } = await this.#media.restartIce(peerIdOf(id), { transportId });
    session.usernameFragment = usernameFragment;
    session.etag = newEtag();
    return {
      kind: 'restarted',
      etag: session.etag,
      fragment: this.#fragment(session, iceParameters),
    };
  }

  /**
   * Ends the sessions whose token holds no more, and those that have had no path for a minute: an
   * encoder that lost its power says nothing. `refresh` gives the ends of those of the tokens'
   * sessions that hold (epoch ms). Call it now and then.
   */
  async check(
    refresh: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>>,
    now: number,
  ): Promise<void> {
    const asked = [...this.#sessions.values()];
    if (asked.length === 0) return;
    for (const session of asked) {
      const { id, transport, brokenSince } = session;
      const stands = this.#media.isConnected(peerIdOf(id), transport.id);
      session.brokenSince = stands ? null : (brokenSince ?? now);
      if (session.brokenSince !== null && now - session.brokenSince >= brokenMs) this.close(id);
    }
    const holding = await refresh(asked.map(({ publisher }) => publisher.sessionId));
    for (const { id, publisher } of asked) {
      if ((holding.get(publisher.sessionId) ?? 0) <= now) this.close(id);
    }
  }

  /** Ends all of them: this node leaves. */
  closeAll(): void {
    for (const id of [...this.#sessions.keys()]) this.close(id);
  }

  /** Ends a session and what it publishes. Idempotent. */
  close(id: string): void {
    this.#sessions.delete(id);
    this.#media.leave(peerIdOf(id));
  }

  /** Ends what a token opened: it was taken back. */
  closeOf(sessionId: string): void {
    for (const { id, publisher } of this.#sessions.values()) {
      if (publisher.sessionId === sessionId) this.close(id);
    }
  }

  #fragment({ transport, mids }: Session, iceParameters: IceParameters): string {
    return iceFragment(iceParameters, transport.iceCandidates, mids);
  }

  #peerOf(id: string, { dialogueId, bridgePointId }: OutsidePublisher): MediaPeer {
    return {
      peerId: peerIdOf(id),
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

const peerIdOf = (id: string) => `whip:${id}`;
