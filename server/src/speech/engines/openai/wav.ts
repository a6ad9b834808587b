import { sampleRate } from '../../engine.ts';
import { toBytes } from '../pcm.ts';

/** The samples as a WAV file (RIFF, PCM, one channel, 16 bit). */
export function toWav(pcm: Int16Array): Buffer {
  const bytes = toBytes(pcm);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes.byteLength, 40);
  return Buffer.concat([head, bytes]);
}
