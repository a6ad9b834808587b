import { sampleRate } from '../engine.ts';

/** Where the sound begins, in bytes. */
export const headerBytes = 44;
export const bytesPerSample = 2;
/** What stands for the length of a file that still grows; programs read it to its end. */
const unknownBytes = 0xffff_ffff;

/** The header of a WAV file (RIFF, PCM, 16 bit, mono); `samples` null: it still grows. */
export function wavHeader(samples: number | null): Buffer {
  const soundBytes = samples === null ? unknownBytes : samples * bytesPerSample;
  const limited = (bytes: number) => Math.min(bytes, unknownBytes);
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(limited(soundBytes + headerBytes - 8), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(limited(soundBytes), 40);
  return header;
}

/** How many whole samples a file of so many bytes holds. */
export const samplesIn = (bytes: number): number =>
  Math.max(0, Math.floor((bytes - headerBytes) / bytesPerSample));
