import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fillIn, table } from './fill.ts';
import { readPages } from './pages.ts';
import { stateDiagram } from './state-diagrams.ts';

test('the pages say what the sources say; "npm run docs" brings them up to date', async () => {
  for (const { present, generated } of await readPages()) expect(present).toBe(generated);
});

test('a part without a source, and a source without its part, are named', async () => {
  const page = '<!-- generated:one -->\n<!-- /generated:one -->\n';
  await expect(fillIn('x.md', page, {})).rejects.toThrow('nothing generates "one"');
  const sections = { one: () => 'text', two: () => 'more' };
  await expect(fillIn('x.md', page, sections)).rejects.toThrow('no markers for two');
});

test('a part is written anew and the rest stays as it is', async () => {
  const page = 'Before.\n\n<!-- generated:one -->\n\nold\n\n<!-- /generated:one -->\n\nAfter.\n';
  expect(await fillIn('x.md', page, { one: () => table(['a'], [['b|c']]) })).toBe(
    'Before.\n\n<!-- generated:one -->\n\n| a    |\n| ---- |\n| b\\|c |\n\n<!-- /generated:one -->\n\nAfter.\n',
  );
});

test('a diagram begins at the first state, ends where no way leads on, and shares arrows', () => {
  expect(stateDiagram({ a: { go: 'b', jump: 'b', stay: 'a' }, b: {} }).split('\n')).toEqual([
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> a',
    '  a --> b: go, jump',
    '  a --> a: stay',
    '  b --> [*]',
    '```',
  ]);
});

test('every file that the pages point to is there', async () => {
  const root = new URL('../../', import.meta.url);
  const named = /`((?:shared|server|client|infra)(?:\/[a-zA-Z0-9.-]+)+)`/g;
  const decisions = (await readdir(new URL('docs/decisions/', root))).map(
    (name) => `docs/decisions/${name}`,
  );
  for (const page of ['docs/architecture.md', 'docs/protocol.md', ...decisions]) {
    const text = await readFile(new URL(page, root), 'utf8');
    for (const [, path] of text.matchAll(named)) {
      if (path!.includes('FEATURE')) continue;
      expect.soft(existsSync(new URL(path!, root)), `${page}: ${path}`).toBe(true);
    }
  }
});
