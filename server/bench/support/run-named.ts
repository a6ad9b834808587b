import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isWrongArgument } from './arguments.ts';

/**
 * Runs the program that the command line names, a folder of `dir` with a `run.ts`, and ends the
 * process: 0 when every target holds, 1 when one does not, 2 when something was typed wrongly.
 */
export async function runNamed(dir: string, command: string): Promise<never> {
  const [name, ...args] = process.argv.slice(2);
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'support')
    .map((entry) => entry.name);
  if (name === undefined || !names.includes(name)) {
    console.error(`${command} -- NAME, where NAME is one of: ${names.join(', ')}`);
    process.exit(2);
  }
  const { run } = (await import(pathToFileURL(join(dir, name, 'run.ts')).href)) as {
    run: (args: string[]) => Promise<boolean>;
  };
  try {
    process.exit((await run(args)) ? 0 : 1);
  } catch (error) {
    if (!isWrongArgument(error)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
