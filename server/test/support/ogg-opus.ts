/** An Ogg file of Opus packets of 20 ms, mono (RFC 3533, RFC 7845), as programs read it. */
export function oggOpus(packets: readonly Buffer[]): Buffer {
  const head = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1');
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)]);
  const pages = [page(head, 0, 0n, 2), page(tags, 1, 0n, 0)];
  for (const [index, packet] of packets.entries()) {
    const isLast = index === packets.length - 1;
    pages.push(page(packet, index + 2, BigInt(index + 1) * 960n, isLast ? 4 : 0));
  }
  return Buffer.concat(pages);
}

/** One packet of less than 65,025 bytes as a page of its own. */
function page(packet: Buffer, sequence: number, granule: bigint, flags: number): Buffer {
  const lacing = [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255];
  const header = Buffer.alloc(27);
  header.write('OggS', 0, 'latin1');
  header[5] = flags;
  header.writeBigUInt64LE(granule, 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = lacing.length;
  const whole = Buffer.concat([header, Buffer.from(lacing), packet]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1)
      sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}
