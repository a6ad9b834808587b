/** One packet of a sound's stream (RFC 3550 §5.1), without padding and extensions. */
export interface SoundPacket {
  sequence: number;
  /** Ticks of the stream's clock, 32 bits. */
  timestamp: number;
  ssrc: number;
  /** Never empty. It lies in the packet's own memory. */
  payload: Buffer;
  /** When it came, epoch ms. */
  arrivedAt: number;
}

/** RTCP that shares a port with RTP (RFC 5761 §4). */
const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

/** `null` for what is no RTP, and for packets without sound, such as probes of the line. */
export function readSoundPacket(packet: Buffer, arrivedAt: number): SoundPacket | null {
  if (packet.length < 12 || packet[0]! >> 6 !== 2 || isRtcp(packet)) return null;
  let start = 12 + 4 * (packet[0]! & 0x0f);
  if (packet[0]! & 0x10) {
    if (packet.length < start + 4) return null;
    start += 4 + 4 * packet.readUInt16BE(start + 2);
  }
  const end = packet.length - (packet[0]! & 0x20 ? packet[packet.length - 1]! : 0);
  if (end <= start) return null;
  return {
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(start, end),
    arrivedAt,
  };
}
