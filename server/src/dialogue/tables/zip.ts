import { inflateRawSync } from 'node:zlib';
import { UnreadableFile } from './table.ts';

/** What a spreadsheet may unpack to: ten thousand rows are about 5 MB. */
export const maxUnpackedBytes = 60 * 1024 * 1024;
const maxEntries = 500;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * Unpacks every entry within a budget and forgets it, before a library unpacks without one: sizes
 * that an archive states about itself may be lies. Throws `UnreadableFile`. (APPNOTE.TXT 4.3)
 */
export function assertUnpacksWithin(bytes: Uint8Array, budget = maxUnpackedBytes): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    let left = budget;
    for (const { method, packed } of entriesOf(file)) {
      if (method === 0) left -= packed.length;
      else if (method === 8) left -= inflateRawSync(packed, { maxOutputLength: left + 1 }).length;
      else throw new UnreadableFile('format');
      if (left < 0) throw new UnreadableFile('too_large');
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableFile(isTooLarge ? 'too_large' : 'damaged');
  }
}

function* entriesOf(file: Buffer): Iterable<{ method: number; packed: Buffer }> {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || file.readUInt32LE(end) !== endSignature) throw new UnreadableFile('damaged');
  const count = file.readUInt16LE(end + 10);
  if (count > maxEntries) throw new UnreadableFile('too_large');
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (file.readUInt32LE(at) !== entrySignature) throw new UnreadableFile('damaged');
    const method = file.readUInt16LE(at + 10);
    const packedSize = file.readUInt32LE(at + 20);
    const local = file.readUInt32LE(at + 42);
    if (file.readUInt32LE(local) !== localSignature) throw new UnreadableFile('damaged');
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    yield { method, packed: file.subarray(start, start + packedSize) };
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
}
