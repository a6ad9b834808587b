import type { MediaErrorCode } from '@nhip-cau/shared/protocol/media';

/** A refusal of a media request, with a code of the closed set that clients know. */
export class MediaError extends Error {
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, options?: { cause: unknown }) {
    super(code, options);
    this.name = 'MediaError';
    this.code = code;
  }
}

/**
 * Runs a call into mediasoup on a client's behalf; whatever mediasoup throws there is about what
 * the client sent, and becomes `media.incompatible`.
 */
export async function orIncompatible<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    throw new MediaError('media.incompatible', { cause });
  }
}
