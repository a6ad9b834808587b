import { randomUUID } from 'node:crypto';
import type { IceCandidate, IceParameters } from '@nhip-cau/shared/protocol/media';
import { MediaError } from '../media-error.ts';
import { iceFragment } from './ice-fragment.ts';
import { SdpError } from './sdp.ts';

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

/** Why there is no session: `unavailable` passes by itself, `crowded` when others have gone. */
export class OutsideError extends Error {
  readonly code: 'unavailable' | 'crowded';

  constructor(code: OutsideError['code'], message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'OutsideError';
    this.code = code;
  }
}

/** What stands in the way of a request from outside, in one line for whoever set the device up. */
export interface Objection {
  code: 'malformed' | 'unusable' | 'forbidden' | OutsideError['code'];
  message: string;
}

/** The server's end of one device's connection. */
export interface OutsidePath {
  readonly iceCandidates: readonly IceCandidate[];
  /** Of the bundled sections. */
  readonly mids: readonly string[];
  /** The device's; another one in a PATCH asks for a restart. */
  readonly usernameFragment: string;
  /** Whether packets could come and go over it now. */
  stands(): boolean;
  restartIce(): Promise<IceParameters>;
  /** Ends what the device sends or receives. Idempotent. */
  close(): void;
}

interface Session<H> extends OutsidePath {
  readonly holder: H;
  etag: string;
  usernameFragment: string;
  /** Since when its path does not stand, by the caller's clock; `null` while it does. */
  brokenSince: number | null;
}

/** How long a session may be without a path before it is over, in ms. */
export const brokenMs = 60_000;

const newEtag = () => `"${randomUUID()}"`;

/**
 * Sessions of devices that speak WHIP (RFC 9725) or WHEP (draft-ietf-wish-whep) instead of the
 * socket's protocol. Each was opened with a token, which is a session of the dialogue's.
 */
export class IceSessions<H extends { readonly sessionId: string }> {
  readonly #sessions = new Map<string, Session<H>>();

  /** Who opened an open session. */
  holderOf(id: string): H | undefined {
    return this.#sessions.get(id)?.holder;
  }

  /** How many a token has open. */
  countOf(sessionId: string): number {
    return [...this.#sessions.values()].filter(({ holder }) => holder.sessionId === sessionId)
      .length;
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
    const iceParameters = await session.restartIce();
    session.usernameFragment = usernameFragment;
    session.etag = newEtag();
    const answer = iceFragment(iceParameters, session.iceCandidates, session.mids);
    return { kind: 'restarted', etag: session.etag, fragment: answer };
  }

  /**
   * Ends the sessions whose token holds no more, and those that have had no path for a minute: a
   * device that lost its power says nothing. `refresh` gives the ends of those of the tokens'
   * sessions that hold (epoch ms). Call it now and then.
   */
  async check(
    refresh: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>>,
    now: number,
  ): Promise<void> {
    const asked = [...this.#sessions];
    if (asked.length === 0) return;
    for (const [id, session] of asked) {
      session.brokenSince = session.stands() ? null : (session.brokenSince ?? now);
      if (session.brokenSince !== null && now - session.brokenSince >= brokenMs) this.close(id);
    }
    const holding = await refresh([...new Set(asked.map(([, { holder }]) => holder.sessionId))]);
    for (const [id, { holder }] of asked) {
      if ((holding.get(holder.sessionId) ?? 0) <= now) this.close(id);
    }
  }

  /** Ends a session and what it sends or receives. Idempotent. */
  close(id: string): void {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    session?.close();
  }

  /** Ends what a token opened: it was taken back. */
  closeOf(sessionId: string): void {
    this.closeWhere((holder) => holder.sessionId === sessionId);
  }

  closeWhere(isMeant: (holder: H) => boolean): void {
    for (const [id, { holder }] of [...this.#sessions]) if (isMeant(holder)) this.close(id);
  }

  /** Ends all of them: this node leaves. */
  closeAll(): void {
    this.closeWhere(() => true);
  }

  /** What an error of these sessions means; `null`: it is about something else. */
  objection(error: unknown): Objection | null {
    if (error instanceof SdpError || error instanceof OutsideError) {
      return { code: error.code, message: error.message };
    }
    if (!(error instanceof MediaError)) return null;
    if (error.code === 'media.not_allowed') return { code: 'forbidden', message: 'not allowed' };
    return { code: 'unusable', message: error.code };
  }

  /** Gives its first entity tag. */
  protected add(id: string, holder: H, path: OutsidePath): string {
    const session: Session<H> = { ...path, holder, etag: newEtag(), brokenSince: null };
    this.#sessions.set(id, session);
    return session.etag;
  }
}
