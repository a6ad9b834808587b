/** The lowest bits of a packet's first byte: one frame, or as many as the second byte says. */
const oneFrame = 0;
const manyFrames = 3;
const codeBits = 0b11;
/** In the second byte: the frames differ in length. */
const differs = 0x80;
/** Lengths from here on take two bytes. */
const longLength = 252;

/**
 * Joins Opus packets, of one frame each, so many to one: the same sound in fewer packets. Where the
 * coder changed its mode within as many, the packets before the change are left out.
 */
export function joinOpus(packets: readonly Buffer[], count: number): Buffer[] {
  const joined: Buffer[] = [];
  for (let first = 0; first + count <= packets.length;) {
    const some = packets.slice(first, first + count);
    const isOfOneMode = some.every((packet) => packet[0] === some[0]![0]);
    if (isOfOneMode) joined.push(joinOne(some));
    first += isOfOneMode ? count : 1;
  }
  return joined;
}

/** RFC 6716 §3.2.5: a packet of code 3 with frames of different lengths. */
function joinOne(packets: readonly Buffer[]): Buffer {
  const head = packets[0]![0]!;
  if ((head & codeBits) !== oneFrame) throw new Error('an Opus packet of more than one frame');
  const frames = packets.map((packet) => packet.subarray(1));
  // The last one has what is left.
  const lengths = frames.slice(0, -1).flatMap(({ length }) => lengthBytes(length));
  return Buffer.concat([
    Buffer.from([head | manyFrames, differs | frames.length, ...lengths]),
    ...frames,
  ]);
}

/** RFC 6716 §3.2.1. */
function lengthBytes(length: number): number[] {
  if (length < longLength) return [length];
  const low = longLength + (length & 0b11);
  return [low, (length - low) >> 2];
}
