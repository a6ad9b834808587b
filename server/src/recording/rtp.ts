/** The parts of an RTP packet (RFC 3550 §5.1) that are looked at here. */
export interface RtpHeader {
  marker: boolean;
  sequence: number;
  timestamp: number;
  /** Where the payload begins, in bytes. */
  payloadAt: number;
}

/** RTCP that shares a port with RTP (RFC 5761 §4). */
export const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

/** The header, or `null` of what is no RTP. */
export function readRtp(packet: Buffer): RtpHeader | null {
  if (packet.length < 12 || packet[0]! >> 6 !== 2 || isRtcp(packet)) return null;
  let payloadAt = 12 + 4 * (packet[0]! & 0x0f);
  if (packet[0]! & 0x10) {
    if (packet.length < payloadAt + 4) return null;
    payloadAt += 4 + 4 * packet.readUInt16BE(payloadAt + 2);
  }
  if (payloadAt >= packet.length) return null;
  return {
    marker: (packet[1]! & 0x80) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    payloadAt,
  };
}

/** Whether a picture that needs none before it begins with this packet. */
export function beginsKeyFrame(mimeType: string, packet: Buffer, payloadAt: number): boolean {
  switch (mimeType.toLowerCase()) {
    case 'video/vp8':
      return beginsVp8KeyFrame(packet, payloadAt);
    case 'video/h264':
      return beginsH264KeyFrame(packet, payloadAt);
    default:
      return true;
  }
}

/** RFC 7741 §4.2: the first partition's start, and P = 0 in the frame's tag (RFC 6386 §9.1). */
function beginsVp8KeyFrame(packet: Buffer, payloadAt: number): boolean {
  const first = packet[payloadAt]!;
  const isStart = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!isStart) return false;
  const at = afterVp8Descriptor(packet, payloadAt);
  return at < packet.length && (packet[at]! & 0x01) === 0;
}

/** Where the frame's own bytes begin (RFC 7741 §4.2). */
function afterVp8Descriptor(packet: Buffer, payloadAt: number): number {
  let at = payloadAt + 1;
  if (packet[payloadAt]! & 0x80) {
    const extended = packet[at++] ?? 0;
    if (extended & 0x80) at += (packet[at] ?? 0) & 0x80 ? 2 : 1;
    if (extended & 0x40) at += 1;
    if (extended & 0x30) at += 1;
  }
  return at;
}

/**
 * The same VP8 packet without picture number and layers (RFC 7741 §4.2): where cameras take turns
 * these would jump, and a player that counts by them would wait.
 */
export function withoutVp8Extension(packet: Buffer): Buffer {
  const payloadAt = readRtp(packet)?.payloadAt;
  if (payloadAt === undefined || (packet[payloadAt]! & 0x80) === 0) return packet;
  const plain = packet.subarray(0, payloadAt + 1);
  const made = Buffer.concat([plain, packet.subarray(afterVp8Descriptor(packet, payloadAt))]);
  made[payloadAt]! &= 0x7f;
  return made;
}

/**
 * RFC 6184 §5.4: parameter sets come before the picture, alone or in a STAP-A; there a delimiter may
 * be before them, as some hardware has it.
 */
function beginsH264KeyFrame(packet: Buffer, payloadAt: number): boolean {
  const sps = 7;
  const stapA = 24;
  const typeAt = (at: number) => packet[at]! & 0x1f;
  if (typeAt(payloadAt) !== stapA) return typeAt(payloadAt) === sps;
  for (let at = payloadAt + 1; at + 2 < packet.length; at += 2 + packet.readUInt16BE(at)) {
    if (typeAt(at + 2) === sps) return true;
  }
  return false;
}

/** Turns 32-bit timestamps into ones that never wrap; the first one is 0. */
export class TimestampLine {
  private last: number | null = null;
  private total = 0;

  /** Ticks since the first timestamp; less than before for a packet that came late. */
  at(timestamp: number): number {
    if (this.last === null) this.last = timestamp;
    const step = (timestamp - this.last) | 0;
    this.last = timestamp;
    this.total += step;
    return this.total;
  }
}

const ssrcOfNobody = 1;

/** An empty receiver report: says nothing, and shows whether somebody listens. */
export const probePacket = Buffer.from([0x80, 201, 0, 1, 0, 0, 0, ssrcOfNobody]);

/**
 * The source says that nothing more comes (RFC 3550 §6.6): ffmpeg ends once it has written what came
 * before. With a reason, because it takes nothing of less than 12 bytes for a packet.
 */
export const byePacket = Buffer.from([0x81, 203, 0, 2, 0, 0, 0, ssrcOfNobody, 3, 101, 110, 100]);
