import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Manifest } from 'vite';
import { describe, expect, it } from 'vitest';

const dist = new URL('../dist/', import.meta.url);
const budgetBytes = 90_000;

/** What the browser needs before a person can act: the page's scripts, its words, their styles. */
const firstLoad = ['phone.html', 'src/apps/phone/messages.vi.ts'];

function filesOf(manifest: Manifest, keys: string[]): Set<string> {
  const files = new Set<string>();
  const visited = new Set<string>();
  const visit = (key: string) => {
    if (visited.has(key)) return;
    visited.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The build has no ${key}`);
    [chunk.file, ...(chunk.css ?? [])].forEach((file) => files.add(file));
    chunk.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return files;
}

describe('the phone page', () => {
  it(`loads in at most ${budgetBytes / 1000} kB of compressed script and style`, async () => {
    const manifest = JSON.parse(
      await readFile(new URL('.vite/phone.json', dist), 'utf8'),
    ) as Manifest;
    const sizes: Record<string, number> = {};
    for (const file of filesOf(manifest, firstLoad)) {
      sizes[file] = gzipSync(await readFile(new URL(file, dist))).byteLength;
    }
    const totalBytes = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
    expect(totalBytes, JSON.stringify(sizes, null, 2)).toBeLessThanOrEqual(budgetBytes);
    console.info(`phone: ${(totalBytes / 1000).toFixed(1)} kB of ${budgetBytes / 1000} kB`);
  });
});
