import { readVp8, rtpHeadBytes } from '../../load/media/rtp.ts';

/** Reads a packet's payload once it is known to matter. */
export type PayloadReader = (packet: Buffer, headBytes: number, rollover: number) => Buffer;

/**
 * Waits for the first frame of one stream that a decoder can show with nothing before it: a key
 * frame of VP8, whole from its first packet to its marker.
 */
export class FirstFrame {
  readonly #readPayload: PayloadReader;
  #newest = -1;
  #rollover = 0;
  /** The next packet of the key frame that is under way; -1 without one. */
  #next = -1;
  #waiting = false;

  constructor(readPayload: PayloadReader) {
    this.#readPayload = readPayload;
  }

  /** Packets from now on count. */
  wait(): void {
    this.#waiting = true;
    this.#next = -1;
  }

  /** Whether this packet makes the awaited frame whole. Call with every packet of the stream. */
  handlePacket(packet: Buffer): boolean {
    const sequence = packet.readUInt16BE(2);
    if (this.#newest > 0xf000 && sequence < 0x1000) this.#rollover += 1;
    this.#newest = sequence;
    if (!this.#waiting) return false;
    if (sequence !== this.#next) {
      const payload = this.#readPayload(packet, headBytesOf(packet), this.#rollover);
      if (!readVp8(payload)?.isKey) {
        this.#next = -1;
        return false;
      }
    }
    this.#next = (sequence + 1) & 0xffff;
    const isLast = (packet[1]! & 0x80) !== 0;
    if (isLast) this.#waiting = false;
    return isLast;
  }
}

function headBytesOf(packet: Buffer): number {
  const bytes = rtpHeadBytes + 4 * (packet[0]! & 0x0f);
  return packet[0]! & 0x10 ? bytes + 4 + 4 * packet.readUInt16BE(bytes + 2) : bytes;
}
