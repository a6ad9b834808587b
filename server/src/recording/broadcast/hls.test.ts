import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FfmpegFailed } from '../ffmpeg.ts';
import { endPlaylist, HlsBroadcast } from './hls.ts';
import { Programme } from './programme.ts';

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

it('tries again what could not be begun', async () => {
  const folder = join(dir, 'ABCD2345');
  await writeFile(folder, 'in the way');
  const errors: unknown[] = [];
  let failedTwice = () => {};
  const isOver = new Promise<void>((resolve) => (failedTwice = resolve));
  const ffmpeg = { ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' };
  const broadcast = new HlsBroadcast({
    ffmpeg,
    dir: folder,
    about: { title: 'Đối thoại', organiser: 'Thành phố' },
    programme: new Programme({
      ffmpeg,
      title: 'Đối thoại',
      stage: { centralId: 'c', speakerId: null },
      onError: (error) => errors.push(error),
    }),
    onError(error) {
      errors.push(error);
      if (errors.length === 1) void rm(folder);
      else failedTwice();
    },
  });
  await isOver;
  await broadcast.close(true);
  expect(errors[0]).toMatchObject({ code: 'EEXIST' });
  expect(errors[1]).toBeInstanceOf(FfmpegFailed);
  expect(await readdir(folder)).toContain('about.json');
});
