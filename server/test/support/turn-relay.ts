import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const template = fileURLToPath(new URL('../../../infra/turn/turnserver.conf', import.meta.url));

/** A real coturn on this machine's own configuration, as an operator fills it in. */
export interface TurnRelay {
  readonly address: string;
  readonly port: number;
  readonly secret: string;
  /** Bytes that went through it so far, both ways, of the sessions that have ended. */
  output(): string;
  close(): Promise<void>;
}

/** An address of this machine that is not a loopback one, or `undefined` where there is none. */
export function ownAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flat()
    .find((one) => one !== undefined && one.family === 'IPv4' && !one.internal)?.address;
}

/** Starts coturn with the project's configuration; it may relay to `sfuAddress` and nowhere else. */
export async function startTurnRelay(sfuAddress: string): Promise<TurnRelay> {
  const secret = 'a-secret-of-the-tests-only';
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-turn-'));
  const values: Record<string, string> = {
    'static-auth-secret': secret,
    'relay-ip': sfuAddress,
    'allowed-peer-ip': sfuAddress,
    'listening-port': String(port),
  };
  const lines = (await readFile(template, 'utf8')).split('\n').flatMap((line) => {
    const name = line.split('=')[0]!;
    // Without certificates: what they protect is TLS's own business.
    if (/^(cert|pkey|tls-listening-port)$/.test(name)) return [];
    return [values[name] === undefined ? line : `${name}=${values[name]}`];
  });
  const conf = join(dir, 'turnserver.conf');
  const own = ['no-tls', 'no-dtls', `listening-ip=${sfuAddress}`, `pidfile=${join(dir, 'pid')}`];
  await writeFile(conf, [...lines, ...own, 'log-file=stdout', 'verbose', ''].join('\n'));
  const child = spawn('turnserver', ['-c', conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'exit').catch(() => {});
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (/IPv4\. UDP listener opened on/.test(output)) resolve();
    });
    child.once('error', reject);
    void ended.then(() => reject(new Error(`turnserver ended:\n${output}`)));
  });
  return {
    address: sfuAddress,
    port,
    secret,
    output: () => output,
    async close() {
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/**
 * What coturn's own client is told when it asks the relay to send to `peer`: resolves with what it
 * printed up to its answer, which is good (`cb response received`, `success`) or an error.
 */
export async function askRelay(
  relay: TurnRelay,
  { username = '', credential = '' }: { username?: string; credential?: string },
  peer: string,
  options: readonly string[] = [],
): Promise<string> {
  const client = ['turnutils_uclient', '-v', '-n', '1', '-m', '1', '-c'];
  const login = ['-u', username, '-w', credential];
  const target = ['-e', peer, '-r', '9', '-p', String(relay.port), ...options, relay.address];
  // It writes to a pipe in blocks, and tries a refused sign-in for ever.
  const child = spawn('stdbuf', ['-oL', ...client, ...login, ...target]);
  let output = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve(output));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (!/cb response received: \s+\S+ : success|error \d+ |Cannot complete/.test(output))
          return;
        child.kill('SIGKILL');
      });
    }
  });
}
