import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { RunSound } from '../../dialogue/transcript/ports.ts';

/** A RIFF header with one `fmt ` of 16 bytes; where it says how long the file and its sound are. */
const header = { bytes: 44, fileSize: 4, soundSize: 40 };

/**
 * Sends a WAV file as it was when it was opened, or the range of it that was asked for (RFC 9110 §14), although it
 * may still grow: its header says the length that it has, so that a player knows how long it is.
 * Rejects when the sound cannot be read.
 */
export async function sendSound(
  request: Request,
  response: Response,
  sound: RunSound,
): Promise<void> {
  const { size } = sound;
  response.set({
    'Content-Type': 'audio/wav',
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-store',
  });
  // Without a validator of ours none can match (RFC 9110 §13.1.5).
  const asked = request.headers['if-range'] === undefined ? request.range(size) : undefined;
  if (asked === -1) {
    response.status(416).set('Content-Range', `bytes */${size}`).end();
    return;
  }
  const isRange = Array.isArray(asked) && asked.type === 'bytes' && asked.length === 1;
  const { start, end } = isRange ? asked[0]! : { start: 0, end: size - 1 };
  if (isRange) response.status(206).set('Content-Range', `bytes ${start}-${end}/${size}`);
  response.set('Content-Length', String(end - start + 1));
  const head = start < header.bytes ? await readHeader(sound) : Buffer.alloc(0);
  try {
    await pipeline(parts(head, sound, start, end), response);
  } catch (error) {
    // Players leave in the middle of what they asked for.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

async function* parts(head: Buffer, sound: RunSound, start: number, end: number) {
  if (start < head.length) yield head.subarray(start, end + 1);
  const from = Math.max(start, head.length);
  if (from <= end) yield* sound.read(from, end + 1);
}

async function readHeader(sound: RunSound): Promise<Buffer> {
  const { size } = sound;
  const head = await buffer(sound.read(0, Math.min(header.bytes, size)));
  if (head.length < header.bytes) return head;
  head.writeUInt32LE(size - 8, header.fileSize);
  head.writeUInt32LE(size - header.bytes, header.soundSize);
  return head;
}
