import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineFinal } from '../../engine.ts';
import { LineSplitter } from '../lines.ts';
import type { EngineLog, EngineTimes } from '../session-core.ts';
import type { FromRecogniser, ToRecogniser } from './messages.ts';
import type { SpeechModel } from './model.ts';
import type { Heard } from './recogniser.ts';

const program = fileURLToPath(new URL('./recogniser-process.ts', import.meta.url));
const passedOn = ['PATH', 'HOME', 'LANG', 'LD_LIBRARY_PATH'];
const maxLoggedLines = 100;

export interface HandleParts {
  model: SpeechModel;
  hotWords: readonly string[];
  /** URL of a module that exports `createRecogniser`. */
  module: string;
  log: EngineLog;
  times: EngineTimes;
}

/** Who has a stream there. */
export interface StreamOwner {
  handleHeard(heard: Heard, samples: number): void;
  handleFinished(heard: Heard): void;
  /** The process is gone; the stream with it. */
  handleGone(error: Error): void;
}

interface Waiting {
  resolve(answer: { finals: EngineFinal[]; isNonsense: boolean }): void;
  reject(error: Error): void;
}

/** A recogniser's process, from this side. Ends by `kill`, by itself, or when it owes too long. */
export class RecogniserHandle {
  private readonly parts: HandleParts;
  private readonly child: ChildProcess;
  private readonly streams = new Map<number, StreamOwner>();
  private readonly utterances = new Map<number, Waiting>();
  private readonly loaded = Promise.withResolvers<void>();
  private lastId = 0;
  private owed = 0;
  private watchdog: NodeJS.Timeout | undefined;
  private gone: Error | null = null;
  private lastWords = '';

  constructor(parts: HandleParts) {
    this.parts = parts;
    const env = passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
    this.child = fork(program, [], {
      serialization: 'advanced',
      detached: true,
      execArgv: [],
      env: Object.fromEntries(env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.on('message', (message: FromRecogniser) => this.handle(message));
    this.child.once('error', (error) => this.end(error));
    this.child.once('close', (code, signal) => {
      const words = this.lastWords ? `: ${this.lastWords}` : '';
      this.end(new Error(`the recogniser ended with ${signal ?? code}${words}`));
    });
    this.logOutput();
    const { model, hotWords, module } = parts;
    this.loaded.promise.catch(() => {});
    this.ask({ kind: 'load', model, hotWords, module }, parts.times.openMs);
  }

  /** Resolves once the model is loaded; rejects where it cannot be. */
  get ready(): Promise<void> {
    return this.loaded.promise;
  }

  get isGone(): boolean {
    return this.gone !== null;
  }

  openStream(owner: StreamOwner): number {
    const stream = (this.lastId += 1);
    this.streams.set(stream, owner);
    this.send({ kind: 'open', stream });
    return stream;
  }

  hear(stream: number, pcm: Int16Array): void {
    this.ask({ kind: 'sound', stream, pcm: pcm.slice() });
  }

  finishStream(stream: number): void {
    this.ask({ kind: 'finish', stream });
  }

  closeStream(stream: number): void {
    if (this.streams.delete(stream)) this.send({ kind: 'close', stream });
  }

  transcribe(
    pcm: Int16Array,
    hotWords: readonly string[],
  ): Promise<{ finals: EngineFinal[]; isNonsense: boolean }> {
    if (this.gone) return Promise.reject(this.gone);
    const utterance = (this.lastId += 1);
    const { promise, resolve, reject } = Promise.withResolvers<{
      finals: EngineFinal[];
      isNonsense: boolean;
    }>();
    this.utterances.set(utterance, { resolve, reject });
    this.ask({ kind: 'transcribe', utterance, pcm, hotWords });
    return promise;
  }

  /** Idempotent. */
  kill(error = new Error('the recogniser was ended')): void {
    this.child.kill('SIGKILL');
    this.end(error);
  }

  private send(message: ToRecogniser): void {
    // One that is ending says so by its end.
    if (!this.gone && this.child.connected) this.child.send(message, () => {});
  }

  private ask(message: ToRecogniser, limitMs?: number): void {
    this.owed += 1;
    if (this.owed === 1) this.watch(limitMs);
    this.send(message);
  }

  private watch(limitMs = this.parts.times.stallMs): void {
    clearTimeout(this.watchdog);
    if (this.owed === 0) return;
    this.watchdog = setTimeout(() => {
      this.kill(new Error(`the recogniser stalled: nothing for ${limitMs} ms`));
    }, limitMs);
  }

  private handle(message: FromRecogniser): void {
    if (this.gone) return;
    this.owed -= 1;
    this.watch();
    switch (message.kind) {
      case 'ready':
        return this.loaded.resolve();
      case 'failed':
        return this.kill(new Error(message.message));
      case 'heard':
        return this.streams.get(message.stream)?.handleHeard(message.heard, message.samples);
      case 'finished':
        return this.streams.get(message.stream)?.handleFinished(message.heard);
      case 'transcribed':
        this.utterances.get(message.utterance)?.resolve(message);
        this.utterances.delete(message.utterance);
    }
  }

  private end(error: Error): void {
    if (this.gone) return;
    this.gone = error;
    clearTimeout(this.watchdog);
    this.loaded.reject(error);
    for (const { reject } of this.utterances.values()) reject(error);
    for (const owner of [...this.streams.values()]) owner.handleGone(error);
    this.utterances.clear();
    this.streams.clear();
  }

  private logOutput(): void {
    let logged = 0;
    for (const output of [this.child.stdout!, this.child.stderr!]) {
      const lines = new LineSplitter(2_000, (line) => {
        if (line === null || line.trim() === '') return;
        this.lastWords = line.trim();
        logged += 1;
        if (logged > maxLoggedLines) return;
        this.parts.log.info({ line: this.lastWords }, 'the recogniser says');
      });
      output.on('data', (chunk: Buffer) => lines.push(chunk));
    }
  }
}
