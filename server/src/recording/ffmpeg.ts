import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { accessSync, constants as access } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How to get it where it is missing (Debian, Ubuntu). */
export const installFfmpeg = 'sudo apt-get install -y ffmpeg';

/** Both programs, by their paths. */
export interface Ffmpeg {
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

/** Finds ffmpeg and ffprobe on `path` (as the variable PATH has it); `null` where one is missing. */
export function findFfmpeg(path: string | undefined): Ffmpeg | null {
  const ffmpeg = findProgram(path, 'ffmpeg');
  const ffprobe = findProgram(path, 'ffprobe');
  return ffmpeg !== null && ffprobe !== null ? { ffmpeg, ffprobe } : null;
}

function findProgram(path: string | undefined, name: string): string | null {
  const places = (path ?? '').split(delimiter).filter((dir) => dir !== '');
  for (const place of places.map((dir) => join(dir, name))) {
    try {
      accessSync(place, access.X_OK);
      return place;
    } catch {
      // Not here.
    }
  }
  return null;
}

export type FfmpegChild = ChildProcessByStdio<Writable, Readable, Readable>;

/** ffmpeg ended with an error; the message has its last words. */
export class FfmpegFailed extends Error {
  constructor(how: string | number, words: string) {
    super(`ffmpeg ended with ${how}: ${words.trim().slice(-500)}`);
    this.name = 'FfmpegFailed';
  }
}

/** A started program: its end, and how to hasten it. */
export interface Running {
  readonly child: FfmpegChild;
  /** Resolves at its end, however it comes. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; words: string }>;
}

/**
 * Starts ffmpeg in `cwd`. Without an environment, and in a process group of its own: a Ctrl-C in the
 * terminal must not cut the files before the server has finished them. `isPatient`: the live
 * dialogue comes first.
 */
export function startFfmpeg(
  program: string,
  args: readonly string[],
  { cwd, isPatient = false }: { cwd: string; isPatient?: boolean },
): Running {
  const child = spawn(program, ['-hide_banner', '-loglevel', 'error', ...args], {
    cwd,
    detached: true,
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (isPatient) giveWay(child.pid);
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2_000);
  });
  // One that ends before it has read all says so by its exit.
  child.stdin.on('error', () => {});
  const ended = new Promise<Awaited<Running['ended']>>((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, words: error.message }));
    child.on('close', (code, signal) => resolve({ code, signal, words }));
  });
  return { child, ended };
}

/** Its output to the end. Throws `FfmpegFailed`; `signal` ends it early. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; isPatient?: boolean; signal?: AbortSignal },
): Promise<string> {
  const { child, ended } = startFfmpeg(program, args, options);
  child.stdin.end();
  const stop = () => child.kill('SIGKILL');
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted) stop();
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const { code, signal, words } = await ended;
  options.signal?.removeEventListener('abort', stop);
  options.signal?.throwIfAborted();
  if (code !== 0) throw new FfmpegFailed(signal ?? code ?? 'no start', words);
  return output;
}

function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or not to be asked here.
  }
}
