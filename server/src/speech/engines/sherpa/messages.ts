import type { EngineFinal } from '../../engine.ts';
import type { SpeechModel } from './model.ts';
import type { Heard } from './recogniser.ts';

/** What a recogniser's process is told (structured clone). The answers come in the same order. */
export type ToRecogniser =
  | { kind: 'load'; model: SpeechModel; hotWords: readonly string[]; module: string }
  | { kind: 'open'; stream: number }
  | { kind: 'sound'; stream: number; pcm: Int16Array }
  | { kind: 'finish'; stream: number }
  | { kind: 'close'; stream: number }
  | { kind: 'transcribe'; utterance: number; pcm: Int16Array; hotWords: readonly string[] };

/** What it answers: to `load`, `sound`, `finish` and `transcribe`, once each. */
export type FromRecogniser =
  | { kind: 'ready' }
  | { kind: 'failed'; message: string }
  | { kind: 'heard'; stream: number; samples: number; heard: Heard }
  | { kind: 'finished'; stream: number; heard: Heard }
  | { kind: 'transcribed'; utterance: number; finals: EngineFinal[]; isNonsense: boolean };
