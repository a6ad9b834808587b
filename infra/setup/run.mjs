/** Runs a TypeScript program of the project: `node infra/setup/run.mjs FILE ARGS…`. */
import { run } from './child.mjs';
import { installDependencies } from './dependencies.mjs';
import { findNode } from './node.mjs';
import { fail } from './say.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('name the program to run: node infra/setup/run.mjs FILE ARGS…');

await installDependencies();
const { code } = await run(findNode(), [file, ...args], { ownGroup: true });
process.exit(code);
