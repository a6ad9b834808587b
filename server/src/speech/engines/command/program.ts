import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { EngineOptions } from '../../engine.ts';
import { LineSplitter } from '../lines.ts';
import type { EngineLog } from '../session-core.ts';
import { whyNotStarted } from './find-program.ts';
import { maxLineBytes } from './protocol.ts';

/** What a program finds of the server's environment: the rest has passwords in it. */
const passedOn = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'LD_LIBRARY_PATH'];
const maxHotWords = 64 * 1_024;
const maxLoggedLines = 100;

export interface ProgramSpec {
  /** Path, or a name on PATH. */
  program: string;
  args: readonly string[];
}

interface ProgramHandlers {
  handleLine(line: string | null): void;
  /** Its end, with its last words where it ended badly. Once. */
  handleExit(error: Error | null): void;
}

/** A started program; its standard input takes sound. */
export interface RunningProgram {
  /** Rejects where it could not be started; then its end is not told. */
  readonly started: Promise<void>;
  readonly stdin: Writable;
  /** Ends it and whatever it started. Idempotent. */
  kill(): void;
}

/** Starts a program in a process group of its own, so that all of it can be ended at once. */
export function startProgram(
  { program, args }: ProgramSpec,
  { language, hotWords }: EngineOptions,
  { handleLine, handleExit }: ProgramHandlers,
  log: EngineLog,
): RunningProgram {
  const env = Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(program, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...env, SPEECH_LANGUAGE: language, SPEECH_HOT_WORDS: fit(hotWords) },
  });
  giveWay(child.pid);
  const lines = new LineSplitter(maxLineBytes, handleLine);
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  let lastWords = '';
  let logged = 0;
  const complaints = new LineSplitter(2_000, (line) => {
    if (line === null || line.trim() === '') return;
    lastWords = line.trim();
    logged += 1;
    if (logged <= maxLoggedLines) log.info({ program, line: lastWords }, 'the speech engine says');
  });
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  // One that ends before it has taken all says so by its exit.
  child.stdin.on('error', () => {});
  let isGone = false;
  const kill = () => {
    if (child.pid === undefined || isGone) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of it is gone already.
    }
  };
  const end = (error: Error | null) => {
    if (isGone) return;
    isGone = true;
    handleExit(error);
  };
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) end(error);
      else void whyNotStarted(program, error.code ?? error.message).then(reject);
    });
  });
  // What it left behind would hold its output open, and the end would never come.
  child.once('exit', kill);
  child.once('close', (code, signal) => {
    lines.end();
    complaints.end();
    const how = `${program} ended with ${signal ?? code}${lastWords ? `: ${lastWords}` : ''}`;
    if (child.pid !== undefined) end(code === 0 ? null : new Error(how));
  });
  return { started, stdin: child.stdin, kill };
}

/** As one piece of text, a line each, as far as an environment may be long. */
function fit(hotWords: readonly string[]): string {
  let bytes = 0;
  return hotWords
    .map((word) => word.replace(/[\s\0]+/g, ' '))
    .filter((word) => (bytes += Buffer.byteLength(word) + 1) <= maxHotWords)
    .join('\n');
}

/** The live dialogue comes first. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or not to be asked here.
  }
}
