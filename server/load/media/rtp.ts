/** The few forms of RTP (RFC 3550, 7741) and RTCP (RFC 3550, 4585, 5104) that load programs need. */

export const rtpHeadBytes = 12;
/** VP8's payload descriptor with a picture id of 15 bits. */
export const vp8DescriptorBytes = 4;

const payloadTypes = {
  senderReport: 200,
  receiverReport: 201,
  feedback: 205,
  picture: 206,
} as const;
const nackFormat = 1;
const pliFormat = 1;
const firFormat = 4;

export interface RtpPacket {
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** Without padding; empty in a packet that probes the line. */
  readonly payload: Buffer;
}

/** RTP and RTCP share one path; their second bytes tell them apart (RFC 5761 §4). */
export const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

/** Null for what is no whole RTP packet. The payload lies in the packet's own memory. */
export function readRtp(packet: Buffer): RtpPacket | null {
  if (packet.length < rtpHeadBytes || packet[0]! >> 6 !== 2) return null;
  let start = rtpHeadBytes + 4 * (packet[0]! & 0x0f);
  if (packet[0]! & 0x10) {
    if (packet.length < start + 4) return null;
    start += 4 + 4 * packet.readUInt16BE(start + 2);
  }
  const end = packet.length - (packet[0]! & 0x20 ? packet[packet.length - 1]! : 0);
  if (end < start) return null;
  return {
    marker: (packet[1]! & 0x80) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(start, end),
  };
}

export interface Vp8Start {
  /** Whether a frame begins in this packet. */
  readonly isStart: boolean;
  /** Whether that frame can be decoded without any other. */
  readonly isKey: boolean;
}

/** Reads the descriptor before VP8's bytes (RFC 7741 §4.2); null where it is cut off. */
export function readVp8(payload: Buffer): Vp8Start | null {
  const first = payload[0];
  if (first === undefined) return null;
  let at = 1;
  if (first & 0x80) {
    const extension = payload[at++];
    if (extension === undefined) return null;
    if (extension & 0x80) at += payload[at]! & 0x80 ? 2 : 1;
    if (extension & 0x40) at += 1;
    if (extension & 0x30) at += 1;
  }
  const header = payload[at];
  if (header === undefined) return null;
  const isStart = (first & 0x10) !== 0 && (first & 0x07) === 0;
  return { isStart, isKey: isStart && (header & 1) === 0 };
}

/** Writes the descriptor of a frame's first packet, or of one that continues it. */
export function writeVp8Descriptor(
  packet: Buffer,
  at: number,
  isStart: boolean,
  pictureId: number,
): void {
  packet[at] = 0x80 | (isStart ? 0x10 : 0);
  packet[at + 1] = 0x80;
  packet.writeUInt16BE(0x8000 | (pictureId & 0x7fff), at + 2);
}

export interface RtpHead {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  hasExtension?: boolean;
}

export function writeRtpHead(packet: Buffer, head: RtpHead): void {
  packet[0] = head.hasExtension ? 0x90 : 0x80;
  packet[1] = (head.marker ? 0x80 : 0) | head.payloadType;
  packet.writeUInt16BE(head.sequence & 0xffff, 2);
  packet.writeUInt32BE(head.timestamp >>> 0, 4);
  packet.writeUInt32BE(head.ssrc, 8);
}

export type RtcpMessage =
  | { kind: 'nack'; ssrc: number; sequences: number[] }
  /** A picture loss indication or a full intra request. */
  | { kind: 'keyFrame'; ssrc: number }
  /** `ntpMiddle`: the middle 32 bits of its NTP time, as a receiver's report repeats them. */
  | { kind: 'senderReport'; ssrc: number; ntpMiddle: number };

/** What a compound packet asks of a sender or tells a receiver; the rest is passed over. */
export function readRtcp(packet: Buffer): RtcpMessage[] {
  const messages: RtcpMessage[] = [];
  for (let at = 0; at + 8 <= packet.length;) {
    const end = at + 4 + 4 * packet.readUInt16BE(at + 2);
    if (end > packet.length) break;
    messages.push(...readOne(packet.subarray(at, end)));
    at = end;
  }
  return messages;
}

function readOne(packet: Buffer): RtcpMessage[] {
  const format = packet[0]! & 0x1f;
  const type = packet[1]!;
  if (type === payloadTypes.senderReport && packet.length >= 28) {
    const ssrc = packet.readUInt32BE(4);
    return [{ kind: 'senderReport', ssrc, ntpMiddle: packet.readUInt32BE(10) }];
  }
  if (packet.length < 12) return [];
  const ssrc = packet.readUInt32BE(8);
  if (type === payloadTypes.feedback && format === nackFormat) {
    return [{ kind: 'nack', ssrc, sequences: nackedIn(packet) }];
  }
  if (type !== payloadTypes.picture) return [];
  if (format === pliFormat) return [{ kind: 'keyFrame', ssrc }];
  if (format !== firFormat) return [];
  const asked: RtcpMessage[] = [];
  for (let at = 12; at + 8 <= packet.length; at += 8) {
    asked.push({ kind: 'keyFrame', ssrc: packet.readUInt32BE(at) });
  }
  return asked;
}

function nackedIn(packet: Buffer): number[] {
  const sequences: number[] = [];
  for (let at = 12; at + 4 <= packet.length; at += 4) {
    const first = packet.readUInt16BE(at);
    const following = packet.readUInt16BE(at + 2);
    sequences.push(first);
    for (let bit = 0; bit < 16; bit += 1) {
      if (following & (1 << bit)) sequences.push((first + bit + 1) & 0xffff);
    }
  }
  return sequences;
}

/** Asks for these sequence numbers again, one entry each. */
export function nackPacket(senderSsrc: number, ssrc: number, sequences: readonly number[]): Buffer {
  const packet = feedback(
    payloadTypes.feedback,
    nackFormat,
    senderSsrc,
    ssrc,
    4 * sequences.length,
  );
  for (const [index, sequence] of sequences.entries()) {
    packet.writeUInt16BE(sequence, 12 + 4 * index);
  }
  return packet;
}

/** Asks for a key frame. */
export function pliPacket(senderSsrc: number, ssrc: number): Buffer {
  return feedback(payloadTypes.picture, pliFormat, senderSsrc, ssrc, 0);
}

function feedback(
  type: number,
  format: number,
  senderSsrc: number,
  ssrc: number,
  bytes: number,
): Buffer {
  const packet = rtcp(type, format, 12 + bytes);
  packet.writeUInt32BE(senderSsrc, 4);
  packet.writeUInt32BE(ssrc, 8);
  return packet;
}

/** A sender's report: which moment of its clock is which of ours (epoch ms). */
export function senderReport(report: {
  ssrc: number;
  epochMs: number;
  timestamp: number;
  packets: number;
  bytes: number;
}): Buffer {
  const packet = rtcp(payloadTypes.senderReport, 0, 28);
  // NTP counts from 1900 (RFC 3550 §4).
  const seconds = report.epochMs / 1000 + 2_208_988_800;
  packet.writeUInt32BE(report.ssrc, 4);
  packet.writeUInt32BE(Math.floor(seconds) >>> 0, 8);
  packet.writeUInt32BE(Math.floor((seconds % 1) * 0x1_0000_0000) >>> 0, 12);
  packet.writeUInt32BE(report.timestamp >>> 0, 16);
  packet.writeUInt32BE(report.packets >>> 0, 20);
  packet.writeUInt32BE(report.bytes >>> 0, 24);
  return packet;
}

export interface ReceptionReport {
  ssrc: number;
  /** Since the last report: 0 none … 1 all. */
  lostShare: number;
  lost: number;
  highestSequence: number;
  /** Of the newest sender's report, and how long ago that was, in ms; 0 for none. */
  ntpMiddle: number;
  sinceMs: number;
}

export function receiverReport(senderSsrc: number, reports: readonly ReceptionReport[]): Buffer {
  const shown = reports.slice(0, 31);
  const packet = rtcp(payloadTypes.receiverReport, shown.length, 8 + 24 * shown.length);
  packet.writeUInt32BE(senderSsrc, 4);
  for (const [index, report] of shown.entries()) {
    const at = 8 + 24 * index;
    packet.writeUInt32BE(report.ssrc, at);
    packet.writeUInt32BE(Math.min(0xff_ffff, report.lost), at + 4);
    packet[at + 4] = Math.min(255, Math.floor(report.lostShare * 256));
    packet.writeUInt32BE(report.highestSequence >>> 0, at + 8);
    packet.writeUInt32BE(report.ntpMiddle, at + 16);
    packet.writeUInt32BE(Math.round((report.sinceMs / 1000) * 65_536) >>> 0, at + 20);
  }
  return packet;
}

function rtcp(type: number, countOrFormat: number, bytes: number): Buffer {
  const packet = Buffer.alloc(bytes);
  packet[0] = 0x80 | countOrFormat;
  packet[1] = type;
  packet.writeUInt16BE(bytes / 4 - 1, 2);
  return packet;
}
