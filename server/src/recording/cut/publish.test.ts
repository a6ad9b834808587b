import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeFiles, publish } from './publish.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-publish-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const ffmpeg = { ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' };

it('leaves an earlier cut as it is until the next one is described', async () => {
  const [workDir, outDir] = [join(dir, 'work'), join(dir, 'out')];
  await mkdir(workDir);
  const cut = async (text: string) => {
    await writeFile(join(workDir, 'a.vtt'), text);
    return describeFiles(ffmpeg, workDir, ['a.vtt']);
  };
  const spans = [{ startAt: 10, endAt: 20 }];
  await publish(await cut('one'), spans, workDir, outDir);
  const read = (name: string) => readFile(join(outDir, name), 'utf8');
  const listed = async () => JSON.parse(await read('files.json')) as unknown;
  const before = await listed();

  const files = await cut('two!');
  expect(await read('a.vtt')).toBe('one');
  expect(await listed()).toEqual(before);
  await publish(files, [{ startAt: 10, endAt: 30 }], workDir, outDir);
  expect(JSON.parse(await read('spans.json'))).toEqual([{ startAt: 10, endAt: 30 }]);
  expect(await read('a.vtt')).toBe('two!');
  expect(await listed()).toEqual(files);
  expect(files).toEqual([
    { name: 'a.vtt', bytes: 4, durationMs: null, sha256: expect.any(String) as string },
  ]);
  expect(await read('SHA256SUMS')).toBe(`${files[0]!.sha256}  a.vtt\n`);
  expect(await readdir(workDir)).toEqual([]);
});
