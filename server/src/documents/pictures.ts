import type { Picture } from '../dialogue/attachments/ports.ts';
import sharp, { type Sharp } from 'sharp';

/** Longest side of what is kept, in pixels. */
export const maxSidePx = 2_000;
/** More than any telephone takes; above it, a file is a trap for the decoder. */
const maxInputPixels = 100_000_000;

// One picture at a time in a process of its own.
sharp.cache(false);
sharp.concurrency(1);

/**
 * A picture made anew from the pixels of another: upright, at most 2,000 px a side, nothing of the
 * former file's description in it. Throws when it cannot be decoded whole.
 */
export async function readPicture(bytes: Uint8Array): Promise<Picture> {
  return toPicture(sharp(bytes, { limitInputPixels: maxInputPixels, failOn: 'error' }).rotate());
}

/** The same of raw pixels, four bytes each. */
export function pictureOf(pixels: Uint8Array, width: number, height: number): Promise<Picture> {
  return toPicture(sharp(pixels, { raw: { width, height, channels: 4 } }));
}

async function toPicture(source: Sharp): Promise<Picture> {
  const { data, info } = await source
    .resize({ width: maxSidePx, height: maxSidePx, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, bytes: data };
}
