import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Recorder } from './recorder.ts';

it('records nothing, and says so once, where its folder cannot be made', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'nhip-cau-recorder-'));
  await writeFile(join(parent, 'file'), '');
  const failures: unknown[] = [];
  const recorder = new Recorder({
    ffmpeg: { ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' },
    dir: join(parent, 'file', 'recordings'),
    segmentSeconds: 10,
    disk: { warnBytes: 0, warnMinutes: 0, floorBytes: 0 },
    engine: { execute: () => Promise.reject(new Error('nothing is to be stopped')) },
    onSignal: () => {},
    onError: (error) => failures.push(error),
  });
  await recorder.open();
  expect(recorder.isAvailable).toBe(false);
  expect(failures).toEqual([expect.objectContaining({ code: 'ENOTDIR' })]);
  await recorder.close();
  await rm(parent, { recursive: true, force: true });
});
