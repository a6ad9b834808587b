import type { EngineListener, EngineOptions, EngineSession, SpeechEngine } from '../../engine.ts';
import { type EngineLog, type EngineTimes, usualTimes } from '../session-core.ts';
import { UtteranceSession } from '../utterance-session.ts';
import { Endpoint } from './endpoint.ts';

interface Parts {
  /** http: or https:, the whole path of the endpoint. */
  url: string;
  apiKey?: string | undefined;
  model?: string | undefined;
  log: EngineLog;
  times?: Partial<EngineTimes>;
}

/** An OpenAI-compatible endpoint; utterances one after the other, tried again while it is busy. */
export class OpenAiEngine implements SpeechEngine {
  readonly name: string;
  readonly wants = 'utterances';
  private readonly endpoint: Endpoint;
  private readonly log: EngineLog;
  private readonly times: EngineTimes;
  private readonly sessions = new Set<UtteranceSession>();
  private isClosed = false;

  constructor({ url, apiKey, model = 'whisper-1', log, times }: Parts) {
    this.name = `${model} at ${new URL(url).host}`;
    this.log = log;
    this.times = { ...usualTimes, ...times };
    this.endpoint = new Endpoint({ url, apiKey, model, limitMs: this.times.stallMs });
  }

  look(): Promise<void> {
    return this.endpoint.look();
  }

  async open(options: EngineOptions, listener: EngineListener): Promise<EngineSession> {
    if (this.isClosed) throw new Error('the speech engine is closed');
    const session = new UtteranceSession({
      engine: this.name,
      listener,
      log: this.log,
      times: this.times,
      transcribe: (pcm, signal) => this.endpoint.transcribe(pcm, options, signal),
      handleEnd: () => void this.sessions.delete(session),
    });
    this.sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const session of [...this.sessions]) session.close();
  }
}
