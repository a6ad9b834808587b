import type { MixedOutput, MixedTaker } from '../../dialogue/recording/ports.ts';
import { type FeedOutput, soundCodec } from './programme-feed.ts';
import type { Programme } from './programme.ts';
import { writeRtp } from './rtp-lane.ts';
import { frameTicks, SoundMixer } from './sound-mixer.ts';

const tickMs = 20;
/**
 * How long everything is held: by then what is missing of a sound was filled with silence, and a
 * frame of each is there to be mixed.
 */
export const holdMs = 120;
/** Further behind than that, a process that stood still goes on with what is heard now. */
const mostBehindMs = 500;
const soundSsrc = 4;

/** The programme as one picture and one sound, which go out in step. */
export class MixedProgramme implements FeedOutput {
  private readonly output: MixedOutput;
  private readonly pictures: { packet: Buffer; at: number }[] = [];
  private mixer: SoundMixer | null = null;
  private startedAt = 0;
  private sequence = 0;
  private timer: NodeJS.Timeout | null = null;

  private constructor(output: MixedOutput) {
    this.output = output;
  }

  /** Takes the programme and mixes it until `close`. Rejects as `Programme.take` does. */
  static async take(programme: Programme, output: MixedOutput): Promise<MixedTaker> {
    const mixed = new MixedProgramme(output);
    const taker = await programme.take(mixed);
    mixed.start(taker.startedAt);
    return {
      requestKeyFrame: () => taker.requestKeyFrame(),
      close: () => {
        taker.close();
        mixed.close();
      },
    };
  }

  picture(packet: Buffer): void {
    this.pictures.push({ packet, at: Date.now() });
  }

  speaker(packet: Buffer): void {
    this.mixer?.add('speaker', packet);
  }

  host(packet: Buffer): void {
    this.mixer?.add('host', packet);
  }

  private start(startedAt: number): void {
    this.startedAt = startedAt;
    this.mixer = new SoundMixer(Math.max(0, this.dueTicks(Date.now())));
    this.timer = setInterval(() => this.tick(Date.now()), tickMs);
  }

  private close(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.mixer?.close();
    this.mixer = null;
    this.pictures.length = 0;
  }

  private tick(now: number): void {
    const { mixer } = this;
    if (!mixer) return;
    const due = this.dueTicks(now);
    if (due - mixer.position > (mostBehindMs * soundCodec.clockRate) / 1_000) mixer.skipTo(due);
    while (mixer.position + frameTicks <= due) {
      const timestamp = mixer.position;
      this.sequence = (this.sequence + 1) & 0xffff;
      const format = { ...soundCodec, ssrc: soundSsrc };
      this.output.sound(writeRtp(format, mixer.mix(), this.sequence, timestamp, false));
    }
    while (this.pictures[0] && this.pictures[0].at + holdMs <= now) {
      this.output.picture(this.pictures.shift()!.packet);
    }
  }

  private dueTicks(now: number): number {
    return Math.round(((now - holdMs - this.startedAt) * soundCodec.clockRate) / 1_000);
  }
}
