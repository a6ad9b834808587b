import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';

/** A RIFF header with one `fmt ` of 16 bytes; where it says how long the file and its sound are. */
const header = { bytes: 44, fileSize: 4, soundSize: 40 };

/**
 * Sends a WAV file as it is now, or the range of it that was asked for (RFC 9110 §14), although it
 * may still grow: its header says the length that it has, so that a player knows how long it is.
 * Rejects when the file cannot be read.
 */
export async function sendSound(
  request: Request,
  response: Response,
  { path, size }: { path: string; size: number },
): Promise<void> {
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
  const head = start < header.bytes ? await readHeader(path, size) : Buffer.alloc(0);
  try {
    await pipeline(parts(head, path, start, end), response);
  } catch (error) {
    // Players leave in the middle of what they asked for.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

async function* parts(head: Buffer, path: string, start: number, end: number) {
  if (start < head.length) yield head.subarray(start, end + 1);
  const from = Math.max(start, head.length);
  if (from <= end) yield* createReadStream(path, { start: from, end });
}

async function readHeader(path: string, size: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(Math.min(header.bytes, size));
    await file.read(head, 0, head.length, 0);
    if (head.length < header.bytes) return head;
    head.writeUInt32LE(size - 8, header.fileSize);
    head.writeUInt32LE(size - header.bytes, header.soundSize);
    return head;
  } finally {
    await file.close();
  }
}
