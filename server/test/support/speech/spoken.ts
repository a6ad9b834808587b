import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const packages = ['espeak-ng', 'python3-pocketsphinx', 'pocketsphinx-en-us'];
const install = `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** What the recogniser below understands, one of it at a time (hall.jsgf). */
export const phrases = [
  'when will the road be repaired',
  'the water is not clean',
  'please lower the school fees',
  'our village needs a doctor',
  'thank you chairman',
] as const;

/** A real recogniser of speech, as SPEECH_ENGINE names it: PocketSphinx with a small grammar. */
export function realEngine(): string {
  if (!existsSync('/usr/lib/python3/dist-packages/pocketsphinx')) {
    throw new Error(`tests of real speech need a recogniser; run: ${install}`);
  }
  return `command:"${pathOf('./pocketsphinx-engine.py')}" "${pathOf('./hall.jsgf')}"`;
}

/**
 * Writes speech of eSpeak NG into a WAV: each text, with a second of silence before it and after
 * the last.
 */
export async function speak(
  texts: readonly string[],
  file: string,
  { sampleRate = 48_000, channels = 1 } = {},
): Promise<void> {
  const parts = texts.flatMap((_, index) => [
    ['-f', 'lavfi', '-t', '1', '-i', 'anullsrc=r=22050:cl=mono'],
    ['-i', `${file}.${index}.wav`],
  ]);
  for (const [index, text] of texts.entries()) {
    const args = ['-v', 'en-us', '-s', '140', '-w', `${file}.${index}.wav`, text];
    await run('espeak-ng', args).catch((error: unknown) => {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw isMissing ? new Error(`tests of real speech need a voice; run: ${install}`) : error;
    });
  }
  const inputs = parts.map((_, index) => `[${index}:a]`).join('');
  const filter = `${inputs}concat=n=${parts.length}:v=0:a=1,apad=pad_dur=1[all]`;
  const output = ['-map', '[all]', '-ar', String(sampleRate), '-ac', String(channels), file];
  await run('ffmpeg', ['-v', 'error', '-y', ...parts.flat(), '-filter_complex', filter, ...output]);
}
