import type { EngineChoice } from '../../config-speech.ts';
import type { SpeechEngine } from '../engine.ts';
import { CommandEngine } from './command/engine.ts';
import { OpenAiEngine } from './openai/engine.ts';
import type { EngineLog } from './session-core.ts';
import { openSherpaEngine } from './sherpa/engine.ts';
import { VoskEngine } from './vosk/engine.ts';

/** The engine that SPEECH_ENGINE names. Rejects with `ModelError` where a model cannot be used. */
export async function openEngine(choice: EngineChoice, log: EngineLog): Promise<SpeechEngine> {
  switch (choice.kind) {
    case 'sherpa-onnx':
      return openSherpaEngine(choice.dir, { log });
    case 'vosk':
      return new VoskEngine({ ...choice, log });
    case 'openai':
      return new OpenAiEngine({ ...choice, log });
    case 'command':
      return new CommandEngine({ ...choice, log });
  }
}
