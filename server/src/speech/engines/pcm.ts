import { endianness } from 'node:os';

/** A copy of the samples as bytes, signed 16 bit little endian. */
export function toBytes(pcm: Int16Array): Buffer {
  const bytes = Buffer.from(pcm.slice().buffer);
  return endianness() === 'LE' ? bytes : bytes.swap16();
}

/** One array of all pieces. */
export function join(pieces: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Below -60 dB everywhere: nobody spoke, and some models make words out of nothing. */
export function isSilent(pcm: Int16Array): boolean {
  const loudest = 32;
  return pcm.every((sample) => sample <= loudest && sample >= -loudest);
}
