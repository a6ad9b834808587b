import { Decoder, Encoder } from '@evan/opus/wasm/index.mjs';
import { readRtp } from '../rtp.ts';
import { soundCodec } from './programme-feed.ts';

const channels = 2;
/** Samples of one packet that goes out: 20 ms. */
export const frameTicks = 960;
/** What can be waiting to be mixed: one second. */
const roomTicks = soundCodec.clockRate;
const bitrateBps = 64_000;
/** Requests of `opus_encoder_ctl`. */
const [setBitrate, setComplexity] = [4002, 4010];
const complexity = 5;

/**
 * Several Opus streams on one clock to one of 48 kHz stereo (RFC 6716). The codec runs as
 * WebAssembly: what halls send is decoded where it can harm nothing.
 */
export class SoundMixer {
  private readonly decoders = new Map<string, Decoder>();
  private readonly encoder = new Encoder({
    channels,
    sample_rate: soundCodec.clockRate,
    application: 'audio',
  });
  /** A ring of sums; the frame at `position` is the next one to go out. */
  private readonly sums = new Int32Array(roomTicks * channels);
  private readonly frame = new Int16Array(frameTicks * channels);
  private next: number;

  /** `position`: the timestamp with which the first frame goes out. */
  constructor(position: number) {
    this.next = position;
    this.encoder.ctl(setBitrate, bitrateBps);
    this.encoder.ctl(setComplexity, complexity);
  }

  /** Timestamp of the next frame; never wraps. */
  get position(): number {
    return this.next;
  }

  /** Adds an RTP packet of a stream. What comes after its time, or is no Opus, is not heard. */
  add(stream: string, packet: Buffer): void {
    const header = readRtp(packet);
    if (header === null) return;
    const ahead = (header.timestamp - this.next) | 0;
    if (ahead <= -roomTicks || ahead >= roomTicks) return;
    const pcm = this.decode(stream, packet.subarray(header.payloadAt));
    if (pcm === null) return;
    const from = Math.max(0, -ahead);
    const to = Math.min(pcm.length / channels, roomTicks - ahead);
    for (let tick = from; tick < to; tick += 1) {
      const at = ((this.next + ahead + tick) % roomTicks) * channels;
      this.sums[at]! += pcm[tick * channels]!;
      this.sums[at + 1]! += pcm[tick * channels + 1]!;
    }
  }

  /** The next frame as an Opus packet. */
  mix(): Buffer {
    const from = (this.next % roomTicks) * channels;
    for (let index = 0; index < this.frame.length; index += 1) {
      const at = (from + index) % this.sums.length;
      this.frame[index] = Math.max(-0x8000, Math.min(0x7fff, this.sums[at]!));
      this.sums[at] = 0;
    }
    this.next += frameTicks;
    return Buffer.from(this.encoder.encode(this.frame));
  }

  /** Leaves out what nobody can hear in time any more. */
  skipTo(position: number): void {
    this.sums.fill(0);
    this.next = position;
  }

  /** Idempotent. */
  close(): void {
    for (const decoder of this.decoders.values()) decoder.drop();
    this.decoders.clear();
    this.encoder.drop();
  }

  private decode(stream: string, payload: Buffer): Int16Array | null {
    const known = this.decoders.get(stream);
    const decoder = known ?? new Decoder({ channels, sample_rate: soundCodec.clockRate });
    if (!known) this.decoders.set(stream, decoder);
    try {
      const pcm = decoder.decode(payload);
      return new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2);
    } catch {
      return null;
    }
  }
}
