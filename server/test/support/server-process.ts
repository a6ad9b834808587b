import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(import.meta.dirname, '../../src/main.ts');

/** The real server as a process of its own, from its first moment. */
export interface SpawnedServer {
  child: ChildProcess;
  /** The first line on stdout that matches; rejects when the process ends without one. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Takes it away without a word. */
  kill(): Promise<void>;
  /** Asks it to end and waits; its exit code. */
  stop(): Promise<number | null>;
}

export interface ServerProcess extends SpawnedServer {
  url: string;
}

/** Starts `main.ts`, or another program that serves, on a free port of the loopback interface. */
export function spawnServerProcess(env: Record<string, string>, program = main): SpawnedServer {
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_FORMAT: 'json',
      DEMO: 'off',
      MEDIA_WORKERS: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever started it and ends early must not leave it behind, nor the database that it owns.
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  child.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  lines.on('line', (line) => said.push(`${line}\n`));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };
  return {
    child,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`exit ${code}: ${said.join('')}`)));
        lines.on('line', (line) => {
          const match = pattern.exec(line);
          if (match) resolve(match);
        });
      }),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** The same, once it is ready. */
export async function startServerProcess(
  env: Record<string, string>,
  program?: string,
): Promise<ServerProcess> {
  const server = spawnServerProcess(env, program);
  const [, url] = await server.line(/"url":"([^"]+)","msg":"ready"/);
  return { ...server, url: url! };
}
