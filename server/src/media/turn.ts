import { createHmac } from 'node:crypto';
import type { IceServer } from '@nhip-cau/shared/protocol/media';

export interface TurnConfig {
  /** `turn:` and `turns:` addresses (RFC 7065). */
  readonly urls: readonly string[];
  /** Shared with the relay: coturn's `static-auth-secret`. */
  readonly secret: string;
  /** How long credentials hold, in hours. */
  readonly hours: number;
  /** Whether browsers reach the media through the relay only. */
  readonly isOnlyWay: boolean;
}

/**
 * The relay with credentials of one peer's own, until `hours` from `now` (epoch ms). They are the
 * expiry and a name, signed with the shared secret, as coturn's `use-auth-secret` and
 * draft-uberti-behave-turn-rest have it: no list of users is kept anywhere.
 */
export function relayFor(
  { urls, secret, hours }: Pick<TurnConfig, 'urls' | 'secret' | 'hours'>,
  peerId: string,
  now: number,
): IceServer {
  const username = `${Math.floor(now / 1_000) + hours * 3_600}:${peerId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { urls: [...urls], username, credential };
}
