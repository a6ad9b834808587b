import { sampleRate } from '../engine.ts';
import type { OpusDecoder } from './opus-decoder.ts';
import { ReorderBuffer } from './reorder.ts';
import { readSoundPacket, type SoundPacket } from './rtp-packet.ts';
import { SoundClock } from './sound-clock.ts';

const samplesPerMs = sampleRate / 1_000;
/** Without packets for so long, silence is written up to that long ago. */
const idleMs = 1_500;
/** Timestamps further ahead of the time than this are another clock's. */
const maxAhead = 2 * sampleRate;
/** So much more sound than time may come: the first packets can be late, and clocks differ. */
const maxLead = 5 * sampleRate;
const maxPace = 1.001;
/** Timestamps that go back further than this into what was heard are another clock's too. */
const maxBack = sampleRate;
/** Senders whose timestamps are not exactly a packet apart are not cut up for it. */
const tolerance = samplesPerMs;
const silence = new Int16Array(sampleRate);

export interface SoundStreamOptions {
  /** Ticks of the RTP clock a second. */
  clockRate: number;
  decoder: Pick<OpusDecoder, 'decode'>;
  /** Sound without holes: each piece begins where the one before ended. At most a second. */
  onPcm: (pcm: Int16Array) => void;
}

/**
 * One microphone's packets to sound on one timeline. Sample 0 is the first packet's; where packets
 * are lost, unreadable or not sent there is silence of their length, so that the count of samples is
 * the time. It has no timer: time passes by packets and `handleTime`.
 */
export class SoundStream {
  readonly clock = new SoundClock();
  private readonly options: SoundStreamOptions;
  private readonly order = new ReorderBuffer();
  /** The timeline: `ticks` after `base` is the newest timestamp. `null` before the first packet. */
  private line: { ssrc: number; timestamp: number; ticks: number; base: number } | null = null;
  private written = 0;
  /** Where the last sound ended; what is written after it is silence. */
  private heard = 0;
  private startedAt = 0;
  private lastArrivedAt = 0;

  constructor(options: SoundStreamOptions) {
    this.options = options;
  }

  /** How many samples have been given. */
  get samples(): number {
    return this.written;
  }

  /** A packet as it came, whatever it is; `arrivedAt` in epoch ms. */
  handlePacket(packet: Buffer, arrivedAt: number): void {
    const read = readSoundPacket(packet, arrivedAt);
    if (read === null) return;
    this.lastArrivedAt = arrivedAt;
    for (const next of this.order.push(read)) this.take(next);
  }

  /** Lets lost packets go, and time pass where none come. Call some times a second. */
  handleTime(now: number): void {
    for (const packet of this.order.expire(now)) this.take(packet);
    if (this.line === null || now - this.lastArrivedAt < idleMs) return;
    this.fill(this.clock.newestAt(now) - idleMs * samplesPerMs);
  }

  /** Nothing more comes: gives what waits. */
  end(): void {
    for (const packet of this.order.flush()) this.take(packet);
  }

  private take(packet: SoundPacket): void {
    const pcm = this.options.decoder.decode(packet.payload);
    if (pcm === null || pcm.length === 0) return;
    const at = this.place(packet, pcm.length);
    if (at === null) return;
    this.fill(at);
    // A packet is sent when its sound is over.
    this.clock.handleArrival(this.written + pcm.length, packet.arrivedAt);
    this.give(pcm);
    this.heard = this.written;
  }

  /** Where the packet's sound belongs; `null`: its place is taken, or it is from the future. */
  private place({ ssrc, timestamp, arrivedAt }: SoundPacket, length: number): number | null {
    if (this.clock.anchors.length === 0) {
      this.line = { ssrc, timestamp, ticks: 0, base: 0 };
      this.startedAt = arrivedAt;
      return 0;
    }
    const newest = this.clock.newestAt(arrivedAt) - length;
    let at = this.follow(ssrc, timestamp);
    if (at === null || at > newest + maxAhead || at < this.heard - maxBack) {
      at = Math.max(this.written, newest);
      this.line = { ssrc, timestamp, ticks: 0, base: at };
    }
    // Sound that comes faster than time passes is no microphone's.
    if (at > (arrivedAt - this.startedAt) * samplesPerMs * maxPace + maxLead) return null;
    if (Math.abs(at - this.written) <= tolerance) return this.written;
    return at < this.written ? null : at;
  }

  /** Where the timeline has that timestamp; `null` of another stream's. */
  private follow(ssrc: number, timestamp: number): number | null {
    const { line } = this;
    if (line?.ssrc !== ssrc) return null;
    line.ticks += (timestamp - line.timestamp) | 0;
    line.timestamp = timestamp;
    return line.base + Math.round((line.ticks * sampleRate) / this.options.clockRate);
  }

  private fill(to: number): void {
    while (this.written < to) this.give(silence.subarray(0, to - this.written));
  }

  private give(pcm: Int16Array): void {
    this.written += pcm.length;
    this.options.onPcm(pcm);
  }
}
