import { basename } from 'node:path';
import type { EngineListener, EngineOptions, EngineSession, SpeechEngine } from '../../engine.ts';
import { type EngineLog, type EngineTimes, usualTimes } from '../session-core.ts';
import { UtteranceSession } from '../utterance-session.ts';
import { findProgram } from './find-program.ts';
import type { ProgramSpec } from './program.ts';
import { StreamSession } from './stream-session.ts';
import { transcribeByProgram } from './transcribe.ts';

interface Parts extends ProgramSpec {
  /** One program a session (`stream`), or one an utterance. */
  wants: 'stream' | 'utterances';
  log: EngineLog;
  times?: Partial<EngineTimes>;
}

/**
 * An external program: sound on its standard input, JSON lines on its standard output. Whatever it
 * does, it costs a session at most. The protocol is in docs/speech.md.
 */
export class CommandEngine implements SpeechEngine {
  readonly name: string;
  readonly wants: 'stream' | 'utterances';
  private readonly spec: ProgramSpec;
  private readonly log: EngineLog;
  private readonly times: EngineTimes;
  private readonly sessions = new Set<EngineSession>();
  private isClosed = false;

  constructor({ program, args, wants, log, times }: Parts) {
    this.name = `command ${basename(program)}`;
    this.wants = wants;
    this.spec = { program, args };
    this.log = log;
    this.times = { ...usualTimes, ...times };
  }

  look(): Promise<void> {
    return findProgram(this.spec.program);
  }

  async open(options: EngineOptions, listener: EngineListener): Promise<EngineSession> {
    if (this.isClosed) throw new Error('the speech engine is closed');
    return this.wants === 'stream'
      ? this.openStream(options, listener)
      : this.openUtterances(options, listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const session of [...this.sessions]) session.close();
  }

  private async openStream(
    options: EngineOptions,
    listener: EngineListener,
  ): Promise<EngineSession> {
    const { name, spec, log, times } = this;
    const handleEnd = () => void this.sessions.delete(session);
    const session = new StreamSession(name, spec, options, listener, { log, times, handleEnd });
    this.sessions.add(session);
    try {
      await session.started;
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  private openUtterances(options: EngineOptions, listener: EngineListener): EngineSession {
    const { name: engine, spec, log, times } = this;
    const session = new UtteranceSession({
      engine,
      listener,
      log,
      times,
      handleEnd: () => void this.sessions.delete(session),
      transcribe: (pcm, signal) =>
        transcribeByProgram(spec, options, pcm, { log, limitMs: times.stallMs, signal }),
    });
    this.sessions.add(session);
    return session;
  }
}
