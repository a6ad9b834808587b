import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Compiles the benchmark's C programs into a temporary folder; `close` removes them. */
export async function compilePrograms(): Promise<{ folder: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'nhip-cau-sfu-'));
  for (const [name, ...libraries] of [['receivers'], ['floor', '-lcrypto']] as const) {
    const source = join(import.meta.dirname, `${name}.c`);
    await promisify(execFile)('cc', ['-O2', '-o', join(folder, name), source, ...libraries]).catch(
      (error: Error) => {
        throw new Error(
          `cc and OpenSSL are needed (apt-get install gcc libssl-dev): ${error.message}`,
        );
      },
    );
  }
  return { folder, close: () => rm(folder, { recursive: true }) };
}

/** A program that is spoken to by lines. */
export class LineProgram {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(file: string, args: string[] = []) {
    this.child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The next line that it prints; rejects at its end. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.child.spawnfile} ended`);
    return value;
  }

  write(text: string): void {
    this.child.stdin!.write(text);
  }

  close(): void {
    this.child.kill('SIGKILL');
  }
}

export interface Counted {
  readonly audio: number;
  readonly video: number;
  /** The last 24 bytes of the last packet, in hexadecimal: SRTP ends with a tag. */
  readonly tail: string;
}

/** Sockets that only count, in a process of their own. */
export class Receivers {
  readonly ports: number[] = [];
  readonly #program: LineProgram;

  private constructor(program: LineProgram) {
    this.#program = program;
  }

  static async open(folder: string, count: number): Promise<Receivers> {
    const receivers = new Receivers(new LineProgram(join(folder, 'receivers'), [`${count}`]));
    while (receivers.ports.length < count) {
      receivers.ports.push(Number(await receivers.#program.line()));
    }
    return receivers;
  }

  /** RTP packets since the last time it was asked. */
  async count(): Promise<Counted> {
    this.#program.write('\n');
    const [audio, video, tail = ''] = (await this.#program.line()).split(' ');
    return { audio: Number(audio), video: Number(video), tail };
  }

  close(): void {
    this.#program.close();
  }
}
