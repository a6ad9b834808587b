import { writeFile } from 'node:fs/promises';
import { readPages } from './pages.ts';

/** Brings the generated parts of the pages in `docs/` up to date: `npm run docs`. */
for (const { path, file, present, generated } of await readPages()) {
  if (generated !== present) await writeFile(file, generated);
  console.log(`${path}: ${generated === present ? 'is up to date' : 'written'}`);
}
