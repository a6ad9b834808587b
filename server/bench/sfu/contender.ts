import type { StreamTarget } from './player.ts';

/** Somebody who forwards one VP8 and one Opus stream to plain SRTP receivers. */
export interface Contender {
  /** The process whose CPU counts. */
  readonly pid: number;
  /** Where it takes the recording. */
  readonly targets: { readonly audio: StreamTarget; readonly video: StreamTarget };
  /** Adds one receiver at each of these ports of 127.0.0.1; resolves when packets can come. */
  add(ports: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

/** Payload types: the numbers that our router gives its codecs. */
export const payloadTypes = { audio: 100, video: 101 };
export const ssrcs = { audio: 1111, video: 2222 };

/** What a browser and mediasoup agree upon first (RFC 7714). */
export const srtpCryptoSuite = 'AEAD_AES_256_GCM';
/** Master key and salt of that suite. */
export const srtpKeyBytes = 44;
