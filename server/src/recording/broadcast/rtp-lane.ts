import { readRtp } from '../rtp.ts';

export interface LaneFormat {
  payloadType: number;
  ssrc: number;
  clockRate: number;
}

/** From 1900, where NTP begins, to 1970, in ms. */
const ntpEpochMs = 2_208_988_800_000;
/** A source whose clock has run that far from ours is set anew, in ms. */
const mostDriftMs = 300;

/**
 * Makes one stream that never breaks of sources that take turns: its sequence numbers go on, and its
 * timestamps follow our own clock, so that what is mixed with it stays in step.
 */
export class RtpLane {
  private readonly format: LaneFormat;
  private readonly startedAt: number;
  private source: string | null = null;
  private sequenceOffset = 0;
  private timestampOffset = 0;
  private lastSequence = 0;
  /** Ticks since the beginning; never wraps. */
  private lastTicks = -1;

  /** `startedAt`, in ms, is the timestamp 0: the same for all lanes that are mixed. */
  constructor(format: LaneFormat, startedAt: number) {
    this.format = format;
    this.startedAt = startedAt;
  }

  /** How far the stream has come, in ms since its beginning. */
  get reachedMs(): number {
    return (this.lastTicks * 1_000) / this.format.clockRate;
  }

  /** The packet as the next one of the stream; `source` tells one speaker from another. */
  take(packet: Buffer, source: string, now: number): Buffer | null {
    const header = readRtp(packet);
    if (header === null) return null;
    const ticksNow = this.ticksAt(now);
    const ticksOf = () => (header.timestamp - this.timestampOffset) >>> 0;
    const most = (mostDriftMs * this.format.clockRate) / 1_000;
    const drift = () => Math.abs((ticksOf() - ticksNow) | 0);
    if (source !== this.source || drift() > most) {
      this.source = source;
      this.sequenceOffset = (header.sequence - this.lastSequence - 1) & 0xffff;
      const from = Math.max(ticksNow, this.lastTicks + 1);
      this.timestampOffset = (header.timestamp - from) >>> 0;
    }
    const sequence = (header.sequence - this.sequenceOffset) & 0xffff;
    const ticks = ticksOf();
    // What came late keeps its place behind those that came before it.
    if (((sequence - this.lastSequence) << 16) >> 16 > 0) this.lastSequence = sequence;
    this.lastTicks = Math.max(this.lastTicks, ticks);
    return writeRtp(this.format, packet.subarray(header.payloadAt), sequence, ticks, header.marker);
  }

  /** A packet of our own, `atMs` after the beginning. */
  fill(payload: Buffer, atMs: number, marker: boolean): Buffer {
    this.source = null;
    this.lastSequence = (this.lastSequence + 1) & 0xffff;
    const ticks = Math.round((atMs * this.format.clockRate) / 1_000);
    this.lastTicks = Math.max(this.lastTicks, ticks);
    return writeRtp(this.format, payload, this.lastSequence, this.lastTicks, marker);
  }

  /** Which time it is on this stream's clock, as an RTCP sender report (RFC 3550 §6.4.1). */
  report(now: number): Buffer {
    const ntpMs = now + ntpEpochMs;
    const report = Buffer.alloc(28);
    report[0] = 0x80;
    report[1] = 200;
    report.writeUInt16BE(report.length / 4 - 1, 2);
    report.writeUInt32BE(this.format.ssrc, 4);
    report.writeUInt32BE(Math.floor(ntpMs / 1_000) >>> 0, 8);
    report.writeUInt32BE(Math.floor(((ntpMs % 1_000) / 1_000) * 2 ** 32), 12);
    report.writeUInt32BE(this.ticksAt(now) >>> 0, 16);
    return report;
  }

  private ticksAt(now: number): number {
    return Math.round(((now - this.startedAt) * this.format.clockRate) / 1_000);
  }
}

/** An RTP packet (RFC 3550 §5.1). */
export function writeRtp(
  { payloadType, ssrc }: LaneFormat,
  payload: Buffer,
  sequence: number,
  ticks: number,
  marker: boolean,
): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = payloadType | (marker ? 0x80 : 0);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(ticks >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload]);
}
