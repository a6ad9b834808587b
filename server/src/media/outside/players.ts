import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import type { MediaKind } from '@nhip-cau/shared/protocol/media';
import type { DtlsParameters } from '@nhip-cau/shared/protocol/media-rtp';
import type { ProgrammeSource } from '../../dialogue/recording/ports.ts';
import { orIncompatible } from '../media-error.ts';
import type { MediaService } from '../media-service.ts';
import { openWebRtcTransport, stands } from '../transports.ts';
import { IceSessions, type OpenedSession, OutsideError } from './ice-sessions.ts';
import { readPlayOffer } from './play-offer.ts';
import { ProgrammeOutlet } from './programme-outlet.ts';
import type { ProgrammeSite } from './programme-site.ts';

/** Who plays the programme: a token's session of that dialogue. */
export interface OutsidePlayer {
  /** Of the token; ending it ends what it opened. */
  readonly sessionId: string;
  readonly dialogueId: string;
}

/** Players of one token at once: the screens of one overflow hall. */
export const mostOfToken = 16;

/**
 * Players that speak WHEP (draft-ietf-wish-whep): screens of overflow rooms, a broadcaster's desk.
 * Each gets the dialogue's programme, which is made once, from the least loaded worker.
 */
export class PlayerSessions extends IceSessions<OutsidePlayer> {
  readonly #media: Pick<MediaService, 'workers'>;
  readonly #source: ProgrammeSource | null;
  readonly #outlets = new Map<string, ProgrammeOutlet>();

  /** `source`: `null` where no programme can be made. */
  constructor(media: Pick<MediaService, 'workers'>, source: ProgrammeSource | null) {
    super();
    this.#media = media;
    this.#source = source;
  }

  /** Whether somebody plays that dialogue's programme here. */
  plays(dialogueId: string): boolean {
    return this.#outlets.has(dialogueId);
  }

  /** The dialogue is over, and its programme with it. */
  closeDialogue(dialogueId: string): void {
    const outlet = this.#outlets.get(dialogueId);
    this.#outlets.delete(dialogueId);
    // Players that are being let in now are in no list yet.
    if (outlet) outlet.isOver = true;
    this.closeWhere((player) => player.dialogueId === dialogueId);
  }

  /** Throws `SdpError` for an offer that cannot be answered, `OutsideError`, `MediaError`. */
  async open(player: OutsidePlayer, offerText: string): Promise<OpenedSession> {
    const offer = readPlayOffer(offerText);
    if (this.countOf(player.sessionId) >= mostOfToken) {
      throw new OutsideError('crowded', `${mostOfToken} players of this token are open`);
    }
    const id = randomUUID();
    const closers: (() => void)[] = [];
    let site: ProgrammeSite | undefined;
    const close = () => {
      for (const closer of closers.splice(0).reverse()) closer();
    };
    try {
      const outlet = this.#holdOutlet(player.dialogueId, closers);
      await outlet.ready().catch((error: unknown) => {
        // Whoever asks next has it tried again.
        if (this.#outlets.get(player.dialogueId) === outlet) {
          this.#outlets.delete(player.dialogueId);
        }
        throw error;
      });
      const placement = await this.#media.workers.place('receivers');
      closers.push(() => placement.release());
      const held = await outlet.hold(placement.worker, offer.payloadTypes);
      closers.push(held.release);
      site = held.site;
      const opened = await site.openTransport((worker, router) =>
        openWebRtcTransport(worker, router, 'recv'),
      );
      const transport = opened.transport as types.WebRtcTransport;
      closers.push(() => transport.close());
      await orIncompatible(opened.connect(offer.dtlsParameters as DtlsParameters));
      const consumers = await site.consume(transport);
      const flow = () => {
        // The worker asks for a key frame as it resumes a video consumer.
        for (const consumer of consumers) consumer.resume().catch(() => this.close(id));
      };
      transport.on('dtlsstatechange', (state) => {
        if (state === 'connected') flow();
        else if (state === 'failed' || state === 'closed') this.close(id);
      });
      // With its worker, perhaps; the player sees its path die, and asks anew with its token.
      transport.observer.once('close', () => this.close(id));
      if (transport.closed) throw new Error('the transport is closed');
      if (transport.dtlsState === 'connected') flow();
      if (outlet.isOver) throw new OutsideError('unavailable', 'the dialogue is over');
      const { iceCandidates } = opened.parameters;
      const etag = this.add(id, player, {
        iceCandidates,
        mids: offer.mids,
        usernameFragment: offer.usernameFragment,
        stands: () => stands(transport),
        restartIce: () => opened.restartIce(),
        close,
      });
      const ssrcs = Object.fromEntries(
        consumers.map(({ kind, rtpParameters }) => [kind, rtpParameters.encodings?.[0]?.ssrc]),
      ) as Partial<Record<MediaKind, number>>;
      return { id, etag, answer: offer.answer(opened.parameters, ssrcs) };
    } catch (error) {
      const isWorkerGone = site?.closed;
      close();
      if (!isWorkerGone) throw error;
      throw new OutsideError('unavailable', 'a media worker has ended', { cause: error });
    }
  }

  #holdOutlet(dialogueId: string, closers: (() => void)[]): ProgrammeOutlet {
    if (this.#source === null) {
      throw new OutsideError('unavailable', 'no programme can be made: ffmpeg is not installed');
    }
    const outlet = this.#outlets.get(dialogueId) ?? new ProgrammeOutlet(dialogueId, this.#source);
    this.#outlets.set(dialogueId, outlet);
    outlet.players += 1;
    closers.push(() => {
      outlet.players -= 1;
      if (outlet.players > 0) return;
      if (this.#outlets.get(dialogueId) === outlet) this.#outlets.delete(dialogueId);
      outlet.close();
    });
    return outlet;
  }
}
