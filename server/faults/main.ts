/** `npm run faults -- NAME …`: runs one fault test; exits 0 only when every target holds. */
import { runNamed } from '../bench/support/run-named.ts';

await runNamed(import.meta.dirname, 'npm run faults');
