import { globSync, readFileSync } from 'node:fs';
import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' };
import { expect, it } from 'vitest';

const here = new URL('.', import.meta.url).pathname;

// An icon that the build does not find would be asked of the web at run time.
it('uses only icons of the bundled collection, each by its full name', () => {
  const known = new Set([...Object.keys(lucide.icons), ...Object.keys(lucide.aliases)]);
  const unknown = globSync(`${here}**/*.{vue,ts}`).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/i-lucide-([a-z0-9-]*)/g)]
      .map((match) => match[1]!)
      .filter((name) => !known.has(name) && !file.endsWith('.test.ts'))
      .map((name) => `${file.slice(here.length)}: ${name}`),
  );
  expect(unknown).toEqual([]);
});
