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
  const fault = isThere ? 'is no file that may be executed' : 'no such program';
  throw new Error(`${program}: ${fault}`);
}

/** Why a program could not be started, for people; `code` is what the system said. */
export async function whyNotStarted(program: string, code: string): Promise<Error> {
  try {
    await findProgram(program);
  } catch (error) {
    return error as Error;
  }
  // Of a script the system looks for the interpreter too, and says the same.
  const hint = code === 'ENOENT' ? 'its first line names an interpreter that is not there' : code;
  return new Error(`${program}: cannot be started: ${hint}`);
}

/** The system's code; `null`: it may be executed. */
async function faultOf(path: string): Promise<string | null> {
  try {
    if (!(await stat(path)).isFile()) return 'EACCES';
    await access(path, constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
