import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endPlaylist } from './hls.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-hls-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const segment = '#EXTM3U\n#EXTINF:1.000000,\n1-000000.m4s\n';
const ended = `${segment}#EXT-X-ENDLIST\n`;

it.each([segment, segment.trimEnd(), ended])('ends a playlist once', async (before) => {
  const path = join(dir, 'live.m3u8');
  await writeFile(path, before);
  await endPlaylist(path);
  expect(await readFile(path, 'utf8')).toBe(ended);
});

it('makes no playlist where nothing was ever written', async () => {
  await endPlaylist(join(dir, 'live.m3u8'));
  await expect(readFile(join(dir, 'live.m3u8'))).rejects.toMatchObject({ code: 'ENOENT' });
});
