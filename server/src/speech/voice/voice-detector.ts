import fvad, { type Fvad } from '@echogarden/fvad-wasm';
import { sampleRate } from '../engine.ts';

/** Samples of one judgement: 20 ms. */
export const frameSamples = sampleRate / 50;
/** Of 0 … 3: halls are loud, and what is taken for voice wrongly costs an engine's time alone. */
const mode = 2;

let loading: Promise<Fvad> | null = null;

/** Tells voice from other sound (WebRTC's detector), frame by frame of one stream. */
export class VoiceDetector {
  private readonly fvad: Fvad;
  private vad: number;
  private readonly frame: number;

  private constructor(module: Fvad) {
    this.fvad = module;
    this.vad = module._fvad_new();
    this.frame = module._malloc(frameSamples * 2);
    if (this.vad === 0 || this.frame === 0) throw new Error('no memory for a voice detector');
    module._fvad_set_mode(this.vad, mode);
    module._fvad_set_sample_rate(this.vad, sampleRate);
  }

  static async open(): Promise<VoiceDetector> {
    return new VoiceDetector(await (loading ??= fvad()));
  }

  /** Of a frame of `frameSamples`. */
  isVoice(frame: Int16Array): boolean {
    this.fvad.HEAP16.set(frame, this.frame / 2);
    return this.fvad._fvad_process(this.vad, this.frame, frameSamples) === 1;
  }

  /** Gives its memory back. Idempotent. */
  close(): void {
    if (this.vad === 0) return;
    this.fvad._fvad_free(this.vad);
    this.fvad._free(this.frame);
    this.vad = 0;
  }
}
