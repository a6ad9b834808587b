import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './paths.mjs';
import { fail } from './say.mjs';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the foreground and waits for its end. A stop signal is handed on once: at
 * Ctrl-C the terminal signals the whole group and npm signals this process again, and a program
 * that closes in order must not take the second one for impatience.
 *
 * `ownGroup` keeps the terminal's own delivery away from the program, so that it hears exactly the
 * one handed on here; `stopGroup` hands it to the program's children as well. `onOutput` receives
 * its output by chunks instead of the terminal.
 *
 * @returns {Promise<{code: number, stopped: boolean}>} `code` as a shell would report it
 */
export function run(
  command,
  args,
  { cwd = ROOT, env = process.env, ownGroup, stopGroup, onOutput } = {},
) {
  return new Promise((resolve) => {
    const stdio = onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio, detached: ownGroup === true });
    let stopped = false;
    const stop = (signal) => {
      if (stopped) return;
      stopped = true;
      process.kill(stopGroup ? -child.pid : child.pid, signal === 'SIGHUP' ? 'SIGTERM' : signal);
    };
    for (const signal of STOP_SIGNALS) process.on(signal, stop);
    const finish = (code) => {
      for (const signal of STOP_SIGNALS) process.off(signal, stop);
      resolve({ code, stopped });
    };
    if (onOutput) {
      child.stdout.on('data', (chunk) => onOutput(String(chunk)));
      child.stderr.on('data', (chunk) => onOutput(String(chunk)));
    }
    child.once('error', (error) => fail(`cannot run ${command}: ${error.message}`));
    child.once('close', (code, signal) => finish(code ?? 128 + constants.signals[signal]));
  });
}

/** Runs a step of the set-up; anything but success ends the set-up. */
export async function step(what, command, args, options) {
  const { code, stopped } = await run(command, args, options);
  if (stopped) process.exit(130);
  if (code !== 0) fail(`${what} failed (exit code ${code})`);
}
