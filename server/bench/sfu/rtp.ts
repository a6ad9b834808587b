const clockRates = { audio: 48_000, video: 90_000 };

export interface RtpHeader {
  readonly payloadType: number;
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
}

/** A header of RFC 3550 §5.1 without extensions; sequence and time wrap as they do there. */
export function rtpHeader({ payloadType, ssrc, sequence, timestamp, marker }: RtpHeader): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = (marker ? 0x80 : 0) | payloadType;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(Math.round(timestamp) % 2 ** 32, 4);
  header.writeUInt32BE(ssrc, 8);
  return header;
}

/** Milliseconds by a stream's own clock. */
export function ticks(kind: 'audio' | 'video', ms: number): number {
  return (ms * clockRates[kind]) / 1_000;
}

/** A sender report of RFC 3550 §6.4.1: which moment of the clock on the wall a timestamp is. */
export function senderReport(ssrc: number, timestamp: number, wallMs: number): Buffer {
  const secondsFrom1900To1970 = 2_208_988_800;
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = 200;
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE((Math.floor(wallMs / 1_000) + secondsFrom1900To1970) % 2 ** 32, 8);
  report.writeUInt32BE(Math.floor(((wallMs % 1_000) / 1_000) * 2 ** 32), 12);
  report.writeUInt32BE(Math.round(timestamp) % 2 ** 32, 16);
  return report;
}
