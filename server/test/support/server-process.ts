import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(import.meta.dirname, '../../src/main.ts');

/** The real server as a process of its own; `kill` takes it away without a word. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  kill(): Promise<void>;
  /** Asks it to end and waits; its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `main.ts` on a free port of the loopback interface and waits until it is ready. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
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
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${said.join('')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(`${line}\n`);
      const ready = /"url":"([^"]+)","msg":"ready"/.exec(line);
      if (ready?.[1]) resolve(ready[1]);
    });
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };
  return {
    url,
    child,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
