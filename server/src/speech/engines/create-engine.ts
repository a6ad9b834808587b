import type { EngineChoice } from '../../config-speech.ts';
import type { SpeechEngine } from '../engine.ts';
import { CommandEngine } from './command/engine.ts';
import { OpenAiEngine } from './openai/engine.ts';
import type { EngineLog } from './session-core.ts';
import { SherpaFolder } from './sherpa/folder.ts';
import { VoskEngine } from './vosk/engine.ts';

/** The engine that SPEECH_ENGINE names, which nobody has looked at yet. */
export function createEngine(choice: EngineChoice, log: EngineLog): SpeechEngine {
  switch (choice.kind) {
    case 'sherpa-onnx':
      return new SherpaFolder(choice.dir, log);
    case 'vosk':
      return new VoskEngine({ ...choice, log });
    case 'openai':
      return new OpenAiEngine({ ...choice, log });
    case 'command':
      return new CommandEngine({ ...choice, log });
  }
}
