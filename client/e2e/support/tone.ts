import { writeFile } from 'node:fs/promises';

const sampleRateHz = 48_000;

/** Writes a mono 16-bit WAV of one sine tone at -6 dBFS, for Chromium's fake microphone to loop. */
export async function writeToneWav(path: string, toneHz: number, seconds = 2): Promise<void> {
  const samples = sampleRateHz * seconds;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRateHz, 24);
  wav.writeUInt32LE(sampleRateHz * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    const value = 0.5 * Math.sin((2 * Math.PI * toneHz * index) / sampleRateHz);
    wav.writeInt16LE(Math.round(value * 32_767), 44 + index * 2);
  }
  await writeFile(path, wav);
}
