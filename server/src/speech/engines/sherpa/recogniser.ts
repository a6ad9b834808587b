import type { EngineFinal, EnginePartial } from '../../engine.ts';
import type { SpeechModel } from './model.ts';

/** What a stream has to say after a piece of sound; positions from its first sample. */
export interface Heard {
  partial: EnginePartial | null;
  finals: EngineFinal[];
  /** Up to here nothing is left to say. */
  quietUntil: number;
  /** The recogniser said what nobody can read. */
  isNonsense: boolean;
}

export interface RecogniserStream {
  hear(pcm: Int16Array): Heard;
  finish(): Heard;
}

/** What the process of a recogniser runs: one of the two, by its model's kind. */
export interface Recogniser {
  openStream?(): RecogniserStream;
  transcribe?(
    pcm: Int16Array,
    hotWords: readonly string[],
  ): { finals: EngineFinal[]; isNonsense: boolean };
}

/** What a module of a recogniser exports. Throws where the model cannot be loaded. */
export type CreateRecogniser = (model: SpeechModel, hotWords: readonly string[]) => Recogniser;
