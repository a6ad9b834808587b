/**
 * Makes `recording.bin` anew: `node server/load/media/make-recording.ts`, with ffmpeg on the PATH.
 * Twelve seconds of a test picture in three sizes, one key frame each and the rest following from
 * it, and four seconds of a tone that swells, as frames behind a line of JSON.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RecordingHead } from './recording.ts';

const framesPerSecond = 15;
const pictureSeconds = 12;
const soundSeconds = 4;
const sizes = [
  { width: 320, height: 180, kbps: 40 },
  { width: 640, height: 360, kbps: 60 },
  { width: 1280, height: 720, kbps: 90 },
] as const;

const pictures = await Promise.all(
  sizes.map(async ({ width, height, kbps }) => {
    const moving = `drawbox=x='mod(t*${Math.round(width / 5)},${width})':y=${Math.round(height * 0.7)}:w=${Math.round(width / 20)}:h=${Math.round(height / 10)}:color=white:t=fill`;
    const source = `smptehdbars=size=${width}x${height}:rate=${framesPerSecond},${moving}`;
    const ivf = await encode(
      ...['-f', 'lavfi', '-i', source, '-t', String(pictureSeconds)],
      ...[
        '-c:v',
        'libvpx',
        '-b:v',
        `${kbps}k`,
        '-g',
        '9999',
        '-deadline',
        'realtime',
        '-cpu-used',
        '8',
      ],
      ...['-auto-alt-ref', '0', '-lag-in-frames', '0', '-error-resilient', '1', '-f', 'ivf', '-'],
    );
    return { width, height, frames: framesOfIvf(ivf) };
  }),
);
const ogg = await encode(
  ...['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000,tremolo=f=2:d=0.8'],
  ...['-t', String(soundSeconds), '-ac', '1', '-c:a', 'libopus', '-b:a', '16k'],
  ...['-frame_duration', '20', '-f', 'ogg', '-'],
);
// The first two packets are the stream's head and its tags (RFC 7845).
const sound = packetsOfOgg(ogg).slice(2);

const head: RecordingHead = {
  framesPerSecond,
  pictures: pictures.map(({ width, height, frames }) => ({
    width,
    height,
    frameBytes: frames.map(({ length }) => length),
  })),
  sound: { frameMs: 20, frameBytes: sound.map(({ length }) => length) },
};
const file = join(import.meta.dirname, 'recording.bin');
const frames = [...pictures.flatMap((picture) => picture.frames), ...sound];
await writeFile(file, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...frames]));

async function encode(...args: string[]): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 1 << 28 } as const;
  const ran = await promisify(execFile)(
    'ffmpeg',
    ['-nostdin', '-loglevel', 'error', ...args],
    options,
  );
  return ran.stdout;
}

/** IVF: a head of 32 bytes, then each frame behind 12 bytes that begin with its size. */
function framesOfIvf(ivf: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 32; at < ivf.length;) {
    const size = ivf.readUInt32LE(at);
    frames.push(ivf.subarray(at + 12, at + 12 + size));
    at += 12 + size;
  }
  return frames;
}

/** Ogg pages (RFC 3533): a segment shorter than 255 bytes ends a packet. */
function packetsOfOgg(ogg: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let page = 0; page < ogg.length;) {
    const segments = ogg[page + 26]!;
    let at = page + 27 + segments;
    for (let segment = 0; segment < segments; segment += 1) {
      const size = ogg[page + 27 + segment]!;
      parts.push(ogg.subarray(at, at + size));
      at += size;
      if (size === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
    page = at;
  }
  return packets;
}
