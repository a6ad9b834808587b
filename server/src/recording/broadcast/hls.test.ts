import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FfmpegFailed } from '../ffmpeg.ts';
import { HlsBroadcast } from './hls.ts';
import { Programme } from './programme.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-hls-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

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
