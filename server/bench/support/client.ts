import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Builds the pages where they are not up to date; what that says goes to stderr. */
export function buildClient(): void {
  const program = pathToFileURL(join(import.meta.dirname, '../../../infra/setup/client.mjs'));
  const script = `import(${JSON.stringify(program.href)}).then(({ buildClient }) => buildClient())`;
  execFileSync(process.execPath, ['-e', script], { stdio: ['ignore', 2, 2] });
}
