import { fileURLToPath } from 'node:url';
import type { SpeechEngine } from '../../../src/speech/engine.ts';
import { CommandEngine } from '../../../src/speech/engines/command/engine.ts';
import { OpenAiEngine } from '../../../src/speech/engines/openai/engine.ts';
import type { EngineLog, EngineTimes } from '../../../src/speech/engines/session-core.ts';
import { SherpaEngine } from '../../../src/speech/engines/sherpa/engine.ts';
import type { SpeechModel } from '../../../src/speech/engines/sherpa/model.ts';
import { VoskEngine } from '../../../src/speech/engines/vosk/engine.ts';
import { startTranscriptionServer } from './transcription-server.ts';
import { startVoskServer } from './vosk-server.ts';

/** An engine whose other side is a stand-in that understands pulses.ts. */
export interface StandIn {
  engine: SpeechEngine;
  close(): Promise<void>;
}

export interface StandInKind {
  name: string;
  /** Whether nonsense between two answers leaves the session alive. */
  outlivesNonsense: boolean;
  start(log: EngineLog, times: Partial<EngineTimes>): Promise<StandIn>;
}

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const command = (wants: 'stream' | 'utterances'): StandInKind => ({
  name: `command, ${wants}`,
  outlivesNonsense: wants === 'stream',
  async start(log, times) {
    const program = process.execPath;
    const args = [pathOf('./pulse-program.ts')];
    const engine = new CommandEngine({ program, args, wants, log, times });
    return { engine, close: () => engine.close() };
  },
});

const vosk: StandInKind = {
  name: 'vosk',
  outlivesNonsense: true,
  async start(log, times) {
    const server = await startVoskServer();
    const engine = new VoskEngine({ url: server.url, log, times });
    return { engine, close: () => engine.close().then(() => server.close()) };
  },
};

const openAi: StandInKind = {
  name: 'openai',
  outlivesNonsense: false,
  async start(log, times) {
    const server = await startTranscriptionServer();
    const engine = new OpenAiEngine({ url: server.url, apiKey: 'a-key', log, times });
    return { engine, close: () => engine.close().then(() => server.close()) };
  },
};

const model: Omit<SpeechModel, 'kind' | 'hears'> = {
  name: 'pulses',
  language: 'vi',
  sampleRate: 16_000,
  files: {},
  hotWords: null,
  letterCase: 'written',
  punctuation: true,
  licence: 'Apache-2.0',
  threads: 1,
};

const sherpa = (kind: 'streaming-transducer' | 'transducer'): StandInKind => ({
  name: `sherpa-onnx, ${kind}`,
  outlivesNonsense: true,
  async start(log, times) {
    const hears = kind === 'transducer' ? 'utterances' : 'stream';
    const module = new URL('./pulse-recogniser.ts', import.meta.url).href;
    const engine = new SherpaEngine({ ...model, kind, hears }, { log, times, module });
    return { engine, close: () => engine.close() };
  },
});

/** Every engine of the project. */
export const standIns: readonly StandInKind[] = [
  command('stream'),
  command('utterances'),
  vosk,
  openAi,
  sherpa('streaming-transducer'),
  sherpa('transducer'),
];
