import type { ReadDocument } from '../dialogue/attachments/ports.ts';

interface Head {
  kind: ReadDocument['kind'];
  pages: { width: number; height: number; bytes: number }[];
}

const lengthBytes = 4;

/** As it goes from one process to the other: the length of a head in JSON, the head, the pictures. */
export function packAnswer({ kind, pages }: ReadDocument): Buffer {
  const head: Head = {
    kind,
    pages: pages.map(({ width, height, bytes }) => ({ width, height, bytes: bytes.byteLength })),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(json.byteLength);
  return Buffer.concat([length, json, ...pages.map(({ bytes }) => bytes)]);
}

/** Throws when it is not whole. */
export function unpackAnswer(packed: Buffer): ReadDocument {
  const from = lengthBytes + packed.readUInt32BE(0);
  const { kind, pages } = JSON.parse(packed.toString('utf8', lengthBytes, from)) as Head;
  let at = from;
  const pictures = pages.map(({ width, height, bytes }) => {
    const picture = { width, height, bytes: packed.subarray(at, at + bytes) };
    at += bytes;
    return picture;
  });
  if (at !== packed.byteLength) throw new RangeError('the answer is not whole');
  return { kind, pages: pictures };
}
