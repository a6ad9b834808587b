import type { EngineListener, EngineOptions, EngineSession, SpeechEngine } from '../../engine.ts';
import { type EngineLog, type EngineTimes, usualTimes } from '../session-core.ts';
import { UtteranceSession } from '../utterance-session.ts';
import { readModel, type SpeechModel } from './model.ts';
import { Recognisers } from './recognisers.ts';
import { StreamSession } from './stream-session.ts';

const nativeRecogniser = new URL('./native-recogniser.ts', import.meta.url).href;

interface Parts {
  log: EngineLog;
  times?: Partial<EngineTimes>;
  /** URL of the module with the recogniser; by default sherpa-onnx itself. */
  module?: string;
}

/** The model of a folder. Rejects with `ModelError` where it cannot be used as it is. */
export async function openSherpaEngine(dir: string, parts: Parts): Promise<SherpaEngine> {
  return new SherpaEngine(await readModel(dir), parts);
}

/**
 * sherpa-onnx in a process of its own, started by the first session and anew after it died: a crash
 * of the library fails the sessions and nothing else.
 */
export class SherpaEngine implements SpeechEngine {
  readonly name: string;
  readonly wants: 'stream' | 'utterances';
  readonly model: SpeechModel;
  private readonly log: EngineLog;
  private readonly times: EngineTimes;
  private readonly recognisers: Recognisers;
  private readonly sessions = new Set<EngineSession>();
  private isClosed = false;

  constructor(model: SpeechModel, { log, times, module = nativeRecogniser }: Parts) {
    this.name = `sherpa-onnx ${model.name}`;
    this.wants = model.hears;
    this.model = model;
    this.log = log;
    this.times = { ...usualTimes, ...times };
    this.recognisers = new Recognisers({ model, module, log, times: this.times });
  }

  /** Loads the model, which the first session finds loaded. */
  async look(): Promise<void> {
    if (this.isClosed) throw new Error('the speech engine is closed');
    const { release } = await this.recognisers.take([]);
    release();
  }

  async open(options: EngineOptions, listener: EngineListener): Promise<EngineSession> {
    if (this.isClosed) throw new Error('the speech engine is closed');
    // Utterances bring their hot words along; a stream's are loaded with the model.
    const hotWords = this.wants === 'stream' && this.model.hotWords ? options.hotWords : [];
    const { handle, release } = await this.recognisers.take(hotWords);
    const handleEnd = () => {
      release();
      this.sessions.delete(session);
    };
    const { name: engine, log, times } = this;
    const session: EngineSession =
      this.wants === 'stream'
        ? new StreamSession(engine, handle, listener, { log, times, handleEnd })
        : new UtteranceSession({
            engine,
            listener,
            log,
            times,
            handleEnd,
            transcribe: async (pcm) => {
              const { finals, isNonsense } = await handle.transcribe(pcm, options.hotWords);
              if (isNonsense) log.warn({ engine }, 'the speech engine said nonsense');
              return finals;
            },
          });
    this.sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const session of [...this.sessions]) session.close();
    this.recognisers.close();
  }
}
