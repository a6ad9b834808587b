import { basename } from 'node:path';
import type { EngineListener, EngineOptions, EngineSession, SpeechEngine } from '../../engine.ts';
import type { EngineLog } from '../session-core.ts';
import { openSherpaEngine, type SherpaEngine } from './engine.ts';

/**
 * The model of a folder, read once it is needed: one that cannot be used is looked at again by the
 * next session, so that it may be put right while the server runs.
 */
export class SherpaFolder implements SpeechEngine {
  private readonly dir: string;
  private readonly log: EngineLog;
  private engine: SherpaEngine | null = null;
  private isClosed = false;

  constructor(dir: string, log: EngineLog) {
    this.dir = dir;
    this.log = log;
  }

  get name(): string {
    return this.engine?.name ?? `sherpa-onnx ${basename(this.dir)}`;
  }

  /** As the model has it, once there is a session. */
  get wants(): 'stream' | 'utterances' {
    return this.engine?.wants ?? 'utterances';
  }

  async look(): Promise<void> {
    await (await this.read()).look();
  }

  async open(options: EngineOptions, listener: EngineListener): Promise<EngineSession> {
    return (await this.read()).open(options, listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.engine?.close();
  }

  private async read(): Promise<SherpaEngine> {
    if (this.isClosed) throw new Error('the speech engine is closed');
    if (this.engine) return this.engine;
    const engine = await openSherpaEngine(this.dir, { log: this.log });
    // Two may have read at once; the first one's model is everybody's.
    this.engine ??= engine;
    if (this.isClosed) await this.engine.close();
    return this.engine;
  }
}
