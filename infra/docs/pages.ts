import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fillIn, type Sections } from './fill.ts';
import { commandSections } from './protocol-commands.ts';
import { liveSections } from './protocol-live.ts';
import { routeSections } from './protocol-routes.ts';
import { stateSections } from './state-diagrams.ts';

const sectionsOf: Readonly<Record<string, Sections>> = {
  'docs/architecture.md': stateSections,
  'docs/protocol.md': { ...commandSections, ...liveSections, ...routeSections },
};

export interface Page {
  /** Path from the root of the project. */
  path: string;
  file: string;
  present: string;
  /** What it should say by the sources of today. */
  generated: string;
}

/** Every page with generated parts. Throws when a page's markers are not those it should have. */
export function readPages(): Promise<Page[]> {
  return Promise.all(
    Object.entries(sectionsOf).map(async ([path, sections]) => {
      const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
      const present = await readFile(file, 'utf8');
      return { path, file, present, generated: await fillIn(file, present, sections) };
    }),
  );
}
