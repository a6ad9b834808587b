import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { buffer, text } from 'node:stream/consumers';
import { sampleRate } from '../src/speech/engine.ts';
import { findFfmpeg, installFfmpeg } from '../src/recording/ffmpeg.ts';

/** A file's sound as engines hear it. Rejects where it cannot be read, or has none. */
export async function readSound(path: string): Promise<Int16Array> {
  const bytes = await readInput(path);
  const at = soundWithin(bytes);
  const samples = toSamples(at === null ? await convert(path) : bytes.subarray(at.start, at.end));
  if (samples.length === 0) throw new Error(`${path}: there is no sound in it`);
  return samples;
}

/** A file that somebody named. Rejects with its name and why it cannot be read. */
export async function readInput(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${path}: cannot be read (${code})`, { cause: error });
  }
}

/** Where the samples are in a WAV that is right as it is; `null` for all other files. */
export function soundWithin(bytes: Buffer): { start: number; end: number } | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    return null;
  }
  let isRight = false;
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'fmt ' && length >= 16 && start + 16 <= bytes.byteLength) {
      const [format, channels] = [bytes.readUInt16LE(start), bytes.readUInt16LE(start + 2)];
      const [rate, bits] = [bytes.readUInt32LE(start + 4), bytes.readUInt16LE(start + 14)];
      isRight = format === 1 && channels === 1 && rate === sampleRate && bits === 16;
    }
    // A file that still grows has no length yet.
    if (name === 'data') {
      return isRight ? { start, end: Math.min(start + length, bytes.byteLength) } : null;
    }
    at = start + length + (length % 2);
  }
  return null;
}

async function convert(path: string): Promise<Buffer> {
  const programs = findFfmpeg(process.env['PATH']);
  if (programs === null) {
    throw new Error(
      `${path}: is no WAV of 16 kHz, mono, 16 bit, and there is no ffmpeg to make it one; run: ${installFfmpeg}`,
    );
  }
  const input = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-i', path, '-vn'];
  const output = ['-ac', '1', '-ar', String(sampleRate), '-f', 's16le', '-'];
  const child = spawn(programs.ffmpeg, [...input, ...output], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [sound, words] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  if ((await ended) !== 0) {
    const last = words.trim().split('\n').at(-1)!.replace(`${path}: `, '');
    throw new Error(`${path}: ffmpeg cannot read it: ${last}`);
  }
  return sound;
}

function toSamples(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.byteLength >> 1);
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(at * 2);
  return samples;
}
