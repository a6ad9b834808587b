/** `npm run faults -- NAME …`: runs one fault test; exits 0 only when every target holds. */
import { readdirSync } from 'node:fs';
import { isWrongArgument } from './support/arguments.ts';

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((folder) => folder !== 'support');

if (name === undefined || !names.includes(name)) {
  console.error(`npm run faults -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
const { run } = (await import(`./${name}/run.ts`)) as {
  run: (args: string[]) => Promise<boolean>;
};
try {
  process.exit((await run(args)) ? 0 : 1);
} catch (error) {
  if (!isWrongArgument(error)) throw error;
  console.error(error.message);
  process.exit(2);
}
