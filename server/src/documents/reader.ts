import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import {
  type DocumentReader,
  type ReadDocument,
  UnreadableDocument,
} from '../dialogue/attachments/ports.ts';
import { unpackAnswer } from './answer.ts';
import { contentOf } from './content.ts';
import { type TurnLimits, Turns } from './turns.ts';

export interface ReaderLimits extends TurnLimits {
  /** How long one of twenty pages may take, in ms. */
  timeMs: number;
  /** The same of a guest's. */
  guestTimeMs: number;
  /** What the process that reads one may hold of the machine's memory, in bytes. */
  memoryBytes: number;
  /** What it may answer, in bytes. */
  answerBytes: number;
}

const defaultLimits: ReaderLimits = {
  atOnce: 2,
  waiting: 200,
  timeMs: 60_000,
  guestTimeMs: 20_000,
  memoryBytes: 768 * 1_048_576,
  answerBytes: 64 * 1_048_576,
};

/** How the process says that the file is to blame, and not the machine. */
export const unreadableExitCode = 66;
const watchMs = 100;
const usualPages = 20;
const pageBytes = 4_096;
const program = new URL('./reader-process.ts', import.meta.url).pathname;

/**
 * Reads each file in a process of its own: decoders are large programs in C++, and a file made to
 * break one must not reach a live dialogue. The process has no environment, a time and a memory.
 */
export class ApartReader implements DocumentReader {
  private readonly limits: ReaderLimits;
  private readonly turns: Turns;
  private readonly children = new Set<Child>();

  constructor(limits: Partial<ReaderLimits> = {}) {
    this.limits = { ...defaultLimits, ...limits };
    this.turns = new Turns(this.limits);
  }

  async read(
    bytes: Uint8Array,
    { guest, maxPages = usualPages }: { guest?: string; maxPages?: number } = {},
  ): Promise<ReadDocument> {
    if (contentOf(bytes) === null) throw new UnreadableDocument();
    const { timeMs, guestTimeMs } = this.limits;
    const usual = guest === undefined ? timeMs : Math.min(timeMs, guestTimeMs);
    const most = (usual * Math.max(maxPages, usualPages)) / usualPages;
    return this.turns.take(guest, () => this.readApart(bytes, most, maxPages));
  }

  /** Ends what is being read; whoever waits for it gets an error. Idempotent. */
  close(): void {
    for (const child of this.children) child.kill('SIGKILL');
  }

  private readApart(bytes: Uint8Array, timeMs: number, maxPages: number): Promise<ReadDocument> {
    const { memoryBytes, answerBytes } = this.limits;
    const child: Child = spawn(
      process.execPath,
      ['--max-old-space-size=256', program, String(maxPages)],
      { stdio: ['pipe', 'pipe', 'ignore'], env: {} },
    );
    this.children.add(child);
    giveWay(child.pid);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let received = 0;
      let isStopped = false;
      const stop = () => {
        isStopped = true;
        child.kill('SIGKILL');
      };
      const time = setTimeout(stop, timeMs);
      const watch = setInterval(() => {
        void residentBytes(child.pid).then((held) => held > memoryBytes && stop());
      }, watchMs);
      child.stdout.on('data', (chunk: Buffer) => {
        received += chunk.byteLength;
        if (received > answerBytes) stop();
        else chunks.push(chunk);
      });
      // One that ends before it has taken all says so by its exit.
      child.stdin.on('error', () => {});
      child.stdin.end(bytes);
      const settle = (outcome: () => void) => {
        clearTimeout(time);
        clearInterval(watch);
        this.children.delete(child);
        outcome();
      };
      child.on('error', (error) => settle(() => reject(error)));
      child.on('close', (code, signal) =>
        settle(() => {
          if (code === 0 && !isStopped) return resolve(unpackAnswer(Buffer.concat(chunks)));
          // A decoder that fell over did so over this file.
          const isToBlame = isStopped || code === unreadableExitCode || isCrash(signal);
          reject(
            isToBlame
              ? new UnreadableDocument()
              : new Error(`the reader ended with ${signal ?? code}`),
          );
        }),
      );
    });
  }
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

const isCrash = (signal: NodeJS.Signals | null) =>
  signal === 'SIGSEGV' || signal === 'SIGABRT' || signal === 'SIGBUS' || signal === 'SIGILL';

/** The live dialogue comes first. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or not to be asked here: it is read all the same.
  }
}

/** What the process holds of the machine's memory; 0 where the system does not say. */
async function residentBytes(pid: number | undefined): Promise<number> {
  try {
    const [, resident] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
    return Number(resident) * pageBytes;
  } catch {
    return 0;
  }
}
