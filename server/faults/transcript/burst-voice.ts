import { Encoder } from '@evan/opus/wasm/index.mjs';
import { burstMs, digitsOf, mostNumbers, sampleOf } from './burst-code.ts';

/** Ticks of Opus's RTP clock a second (RFC 7587). */
const clockRate = 48_000;
export const frameMs = 20;
export const frameTicks = (clockRate * frameMs) / 1_000;
/** A burst begins so often, in frames, with silence before and after it. */
export const framesPerBurst = 40;
const silentFrames = 12;

/** One hall's sound: bursts with rising numbers, one each 800 ms. */
export class BurstVoice {
  readonly #hall: number;
  readonly #encoder = new Encoder({
    channels: 1,
    sample_rate: clockRate,
    application: 'audio',
  });
  readonly #pcm = new Int16Array(frameTicks);

  constructor(hall: number) {
    this.#hall = hall;
  }

  /** The number of the burst that a frame belongs to, though the frame be silent. */
  numberAt(frame: number): number {
    return Math.floor(frame / framesPerBurst) % mostNumbers;
  }

  /** A burst's frames: the first that sounds, and the first after it that does not. */
  framesOf(number: number): { from: number; to: number } {
    const from = number * framesPerBurst + silentFrames;
    return { from, to: from + burstMs / frameMs };
  }

  /** 20 ms of sound. Call it frame by frame. */
  packet(frame: number): Buffer {
    const number = this.numberAt(frame);
    const digits = digitsOf({ hall: this.#hall, number });
    const sinceFrame = frame - this.framesOf(number).from;
    for (let index = 0; index < frameTicks; index += 1) {
      const atS = (sinceFrame * frameTicks + index) / clockRate;
      this.#pcm[index] = atS < 0 ? 0 : Math.round(32_767 * sampleOf(digits, atS));
    }
    return Buffer.from(this.#encoder.encode(this.#pcm));
  }

  close(): void {
    this.#encoder.drop();
  }
}
