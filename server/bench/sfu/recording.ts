import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One RTP packet of a recording, without its header. */
export interface RecordedPacket {
  readonly kind: 'audio' | 'video';
  /** When it is due after the recording's start, in ms. */
  readonly atMs: number;
  /** By its stream's clock: 48 kHz for Opus, 90 kHz for VP8. */
  readonly timestamp: number;
  /** Last packet of a picture. */
  readonly marker: boolean;
  readonly payload: Buffer;
}

export interface Recording {
  readonly durationMs: number;
  readonly packets: readonly RecordedPacket[];
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly bitrateKbps: number;
  /** A key frame as often as this; the recording begins with one. */
  readonly keyFrameEveryS: number;
}

const maxPayload = 1_100;
const opusFrameMs = 60;

/** Has ffmpeg make a moving test picture as VP8, and cuts it into RTP payloads (RFC 7741). */
export async function recordVideo(picture: Picture, seconds: number): Promise<Recording> {
  const { width, height, framesPerSecond, bitrateKbps, keyFrameEveryS } = picture;
  const size = `testsrc2=size=${width}x${height}:rate=${framesPerSecond}`;
  const file = await encode('video.ivf', [
    ...['-f', 'lavfi', '-i', `${size},noise=alls=12:allf=t`, '-t', `${seconds}`],
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0'],
    ...['-b:v', `${bitrateKbps}k`, '-maxrate', `${bitrateKbps}k`, '-bufsize', `${bitrateKbps}k`],
    ...['-g', `${framesPerSecond * keyFrameEveryS}`, '-error-resilient', '1'],
  ]);
  const packets = ivfFrames(file).flatMap((frame, index) => {
    const atMs = (index * 1_000) / framesPerSecond;
    return vp8Payloads(frame).map((payload, part, parts) => ({
      kind: 'video' as const,
      atMs,
      timestamp: Math.round(atMs * 90),
      marker: part === parts.length - 1,
      payload,
    }));
  });
  return { durationMs: seconds * 1_000, packets };
}

/** Has ffmpeg make a tone as Opus in frames of 60 ms. */
export async function recordAudio(seconds: number): Promise<Recording> {
  const file = await encode('audio.ogg', [
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-t', `${seconds}`],
    ...['-c:a', 'libopus', '-b:a', '32k', '-vbr', 'off', '-frame_duration', `${opusFrameMs}`],
  ]);
  const durationMs = seconds * 1_000;
  const packets = oggPackets(file)
    // The two packets of headers (RFC 7845) are no sound.
    .slice(2)
    .map((payload, index) => ({
      kind: 'audio' as const,
      atMs: index * opusFrameMs,
      timestamp: index * opusFrameMs * 48,
      marker: false,
      payload,
    }))
    .filter(({ atMs }) => atMs < durationMs);
  return { durationMs, packets };
}

/** Several recordings of one length as one. */
export function together(...recordings: Recording[]): Recording {
  const packets = recordings.flatMap((one) => one.packets).sort((a, b) => a.atMs - b.atMs);
  return { durationMs: Math.max(...recordings.map((one) => one.durationMs)), packets };
}

async function encode(name: string, args: string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'nhip-cau-recording-'));
  try {
    const file = join(folder, name);
    await promisify(execFile)('ffmpeg', ['-v', 'error', ...args, file]);
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('the recording is made by ffmpeg (in Debian: apt-get install ffmpeg)', {
        cause: error,
      });
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** IVF: a header of 32 bytes, then each frame behind its size (4 bytes) and time (8 bytes). */
function ivfFrames(file: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 32; at + 12 <= file.length;) {
    const size = file.readUInt32LE(at);
    frames.push(file.subarray(at + 12, at + 12 + size));
    at += 12 + size;
  }
  return frames;
}

function vp8Payloads(frame: Buffer): Buffer[] {
  const parts = Math.ceil(frame.length / maxPayload);
  const size = Math.ceil(frame.length / parts);
  return Array.from({ length: parts }, (_, part) => {
    // The descriptor says only where a frame starts.
    const descriptor = Buffer.from([part === 0 ? 0x10 : 0x00]);
    return Buffer.concat([descriptor, frame.subarray(part * size, (part + 1) * size)]);
  });
}

/** The packets of an Ogg stream (RFC 3533): segments of 255 bytes go on in the next one. */
function oggPackets(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let open: Buffer[] = [];
  for (let page = 0; page + 27 <= file.length;) {
    const segments = file.subarray(page + 27, page + 27 + file[page + 26]!);
    let at = page + 27 + segments.length;
    for (const size of segments) {
      open.push(file.subarray(at, at + size));
      at += size;
      if (size === 255) continue;
      packets.push(Buffer.concat(open));
      open = [];
    }
    page = at;
  }
  return packets;
}
