/** `npm run bench -- NAME …`: runs one benchmark; exits 0 only when every target holds. */
import { runNamed } from './support/run-named.ts';

await runNamed(import.meta.dirname, 'npm run bench');
