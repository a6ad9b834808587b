import { type EngineListener, type EngineOptions, sampleRate } from '../../engine.ts';
import type { EngineSession } from '../../engine.ts';
import { toBytes } from '../pcm.ts';
import { SessionCore, type SessionParts } from '../session-core.ts';
import { type ProgramSpec, type RunningProgram, startProgram } from './program.ts';
import { parseLine } from './protocol.ts';

const bytesPerSecond = sampleRate * 2;
/** What may wait before the program's pipe. */
const fullBytes = 4 * bytesPerSecond;

/** One program that hears a session from its first to its last sample. */
export class StreamSession implements EngineSession {
  private readonly core: SessionCore;
  private readonly program: RunningProgram;

  constructor(
    name: string,
    spec: ProgramSpec,
    options: EngineOptions,
    listener: EngineListener,
    { log, times, handleEnd }: SessionParts,
  ) {
    this.core = new SessionCore({
      engine: name,
      listener,
      log,
      times,
      dispose: () => {
        this.program.kill();
        handleEnd();
      },
    });
    const handlers = {
      handleLine: (line: string | null) => this.handleLine(line),
      handleExit: (error: Error | null) =>
        error === null ? this.core.complete() : this.core.fail(error),
    };
    this.program = startProgram(spec, options, handlers, log);
    this.program.stdin.on('drain', () => {
      this.core.watch(false);
      this.core.setFull(false);
    });
  }

  /** Rejects where the program could not be started. */
  get started(): Promise<void> {
    return this.program.started;
  }

  write(pcm: Int16Array): boolean {
    const { core, program } = this;
    if (core.isOver || core.isFinishing) return true;
    core.take(pcm.length);
    program.stdin.write(toBytes(pcm));
    const waiting = program.stdin.writableLength;
    if (waiting > 4 * fullBytes) core.fail(new Error('more was written than there was room for'));
    else if (waiting > fullBytes && core.hasRoom) {
      core.setFull(true);
      core.watch(true);
    }
    return core.hasRoom;
  }

  drained(): Promise<void> {
    return this.core.drained();
  }

  endUtterance(): void {
    // The program hears the pause itself.
  }

  finish(): Promise<void> {
    return this.core.finish(() => this.program.stdin.end());
  }

  close(): void {
    this.core.close();
  }

  private handleLine(line: string | null): void {
    const said = line === null ? null : parseLine(line);
    if (said === null) this.core.fault('a line that is not of the protocol');
    else if (said.kind === 'partial') this.core.partial(said.partial);
    else if (said.kind === 'final') this.core.final(said.final);
    else this.core.progress(said.position);
  }
}
