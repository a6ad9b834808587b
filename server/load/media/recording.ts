import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinOpus } from './opus.ts';

/** The first line of `recording.bin`, as JSON; the frames follow it in this order. */
export interface RecordingHead {
  framesPerSecond: number;
  /** Smallest first; the first frame of each is a key frame, and the only one. */
  pictures: { width: number; height: number; frameBytes: number[] }[];
  sound: { frameMs: number; frameBytes: number[] };
}

/** What synthetic bridge points show and say, encoded once: VP8 in three sizes, and Opus. */
export interface Recording {
  readonly framesPerSecond: number;
  /** Smallest first; the first frame of each is a key frame, and the only one. */
  readonly pictures: readonly { width: number; height: number; frames: readonly Buffer[] }[];
  readonly sound: { readonly frameMs: number; readonly frames: readonly Buffer[] };
}

/** Reads the recording that lies beside this file; `make-recording.ts` makes it. */
export function readRecording(): Recording {
  const file = readFileSync(join(import.meta.dirname, 'recording.bin'));
  const headEnd = file.indexOf('\n');
  const head = JSON.parse(file.toString('utf8', 0, headEnd)) as RecordingHead;
  let at = headEnd + 1;
  const take = (sizes: number[]) =>
    sizes.map((size) => {
      at += size;
      return file.subarray(at - size, at);
    });
  const pictures = head.pictures.map(({ width, height, frameBytes }) => {
    return { width, height, frames: take(frameBytes) };
  });
  const { frameMs, frameBytes } = head.sound;
  return {
    framesPerSecond: head.framesPerSecond,
    pictures,
    sound: { frameMs, frames: take(frameBytes) },
  };
}

/** The same with so many frames of sound in one packet, as senders do it that save packets. */
export function withLongSound(recording: Recording, count: number): Recording {
  if (count === 1) return recording;
  const { sound } = recording;
  const frames = joinOpus(sound.frames, count);
  return { ...recording, sound: { frameMs: sound.frameMs * count, frames } };
}
