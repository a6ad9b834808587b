import type { types as client } from 'mediasoup-client';
import * as commonUtils from 'mediasoup-client/handlers/sdp/commonUtils';
import { parse } from 'sdp-transform';
import type { SessionDescription } from 'sdp-transform';

/** `malformed`: no session description. `unusable`: one that this server cannot answer. */
export type SdpErrorCode = 'malformed' | 'unusable';

/** An offer that gets no answer; `message` says why, for whoever set the device up. */
export class SdpError extends Error {
  readonly code: SdpErrorCode;

  constructor(code: SdpErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'SdpError';
    this.code = code;
  }
}

/** Throws `SdpError` (`malformed`). */
export function parseOffer(text: string): SessionDescription {
  if (!/^v=0\r?$/m.test(text)) throw new SdpError('malformed', 'no session description');
  try {
    return parse(text);
  } catch (cause) {
    throw new SdpError('malformed', 'no session description', { cause });
  }
}

/** All sections must share one transport. */
export function requireBundle({ groups, media }: SessionDescription): void {
  // The parser makes numbers of what looks like one.
  const bundled = String(groups?.find(({ type }) => type === 'BUNDLE')?.mids ?? '').split(' ');
  const mids = media.map(({ mid }) => (mid === undefined ? undefined : String(mid)));
  if (mids.includes(undefined)) throw new SdpError('unusable', 'a section without a mid');
  if (media.length > 1 && !mids.every((mid) => bundled.includes(mid!))) {
    throw new SdpError('unusable', 'sections that are not bundled');
  }
}

/** What the device needs to be known by; it opens the DTLS handshake (RFC 9725, 4.4.2). */
export function dtlsOf(offer: SessionDescription): client.DtlsParameters {
  const [first] = offer.media;
  const setup = first?.setup ?? offer.setup;
  if (setup !== undefined && setup !== 'actpass' && setup !== 'active') {
    throw new SdpError('unusable', `setup:${setup}, where the device has to be active`);
  }
  if (!usernameFragmentOf(offer) || !(first?.icePwd ?? offer.icePwd)) {
    throw new SdpError('unusable', 'no ICE credentials');
  }
  if (!(first?.fingerprint ?? offer.fingerprint)) {
    throw new SdpError('unusable', 'no DTLS fingerprint');
  }
  return { ...commonUtils.extractDtlsParameters({ sdpObject: offer }), role: 'client' };
}

export const usernameFragmentOf = (offer: SessionDescription): string =>
  offer.iceUfrag ?? offer.media[0]?.iceUfrag ?? '';
