import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where a program is looked for when the environment has no PATH. */
const usualPath = '/usr/bin:/bin';

/** Resolves where a program, by its path or by its name on PATH, can be started; else rejects. */
export async function findProgram(program: string): Promise<void> {
  const folders = (process.env['PATH'] ?? usualPath).split(delimiter);
  const places = program.includes('/') ? [program] : folders.map((one) => join(one, program));
  let isThere = false;
  for (const place of places) {
    const fault = await faultOf(place);
    if (fault === null) return;
    isThere ||= fault === 'EACCES';
  }
  throw notStarted(program, isThere ? 'EACCES' : 'ENOENT');
}

/** What the start of a program failed with, for people; `code` is the system's. */
export function notStarted(program: string, code: string): Error {
  if (code === 'EACCES') return new Error(`${program}: is no file that may be executed`);
  if (code !== 'ENOENT') return new Error(`${program}: cannot be started (${code})`);
  // The system says the same of a script whose interpreter is missing.
  return new Error(`${program}: no such program, or not the interpreter that its first line names`);
}

/** The system's code; `null`: it may be executed. */
async function faultOf(path: string): Promise<string | null> {
  try {
    if (!(await stat(path)).isFile()) return 'EACCES';
    await access(path, constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? null;
  }
}
