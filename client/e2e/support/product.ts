import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const startMs = 30_000;

/** A server as an operator starts it: its own process, nothing of it inside the test. */
export interface Node {
  readonly url: string;
  /** What the server logged as a warning or worse, a JSON line each. */
  troubles(): string[];
  /** Asks it to leave its people to other nodes; resolves with its exit code. */
  leave(): Promise<number | null>;
  /** Asks it to stop as a supervisor does; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** The first server of a database. */
export interface Product extends Node {
  /** The first account, as the console shows it once. */
  readonly admin: { username: string; password: string };
}

const serves = /Nhịp Cầu: (\S+)\/desk\/\n/;
const servesFirst = /Nhịp Cầu: (\S+)\/desk\/\n[^]*?shown this once:\n +(\S+) +(\S+)\n/;

/** Starts `server/src/main.ts` on free ports over this database; resolves when it serves. */
export async function startProduct(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<Product> {
  const { found, ...node } = await start(databaseUrl, env, servesFirst);
  return { ...node, admin: { username: found[2]!, password: found[3]! } };
}

/** The same beside one that has made the first account. */
export async function startNode(databaseUrl: string, env: Record<string, string>): Promise<Node> {
  const { found: _found, ...node } = await start(databaseUrl, env, serves);
  return node;
}

async function start(
  databaseUrl: string,
  env: Record<string, string>,
  welcome: RegExp,
): Promise<Node & { found: RegExpExecArray }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nhip-cau-e2e-'));
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      DEMO: 'off',
      HOST: '127.0.0.1',
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
      MEDIA_PORT_MIN: '0',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const code = await ended;
    await rm(dataDir, { recursive: true, force: true });
    return code;
  };
  const stop = () => end('SIGTERM');

  const welcomed = new Promise<RegExpExecArray>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = welcome.exec(output);
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const failed = ended.then((code) => {
    throw new Error(`the server ended with ${code} before it served:\n${output}`);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the server did not start in time:\n${output}`)),
      startMs,
    );
  });
  try {
    const found = await Promise.race([welcomed, failed, late]);
    return {
      url: found[1]!,
      found,
      troubles: () =>
        output.split('\n').filter((line) => /"level":"?(40|50|60|warn|error|fatal)/.test(line)),
      leave: () => end('SIGUSR2'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
    failed.catch(() => {});
  }
}

/** Runs `verify-log` over the database as an auditor does. */
export async function verifyLog(databaseUrl: string): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['server/src/verify-log.ts'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}
