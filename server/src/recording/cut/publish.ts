import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Span } from '@nhip-cau/shared/model/recording';
import type { RecordedFile } from '@nhip-cau/shared/protocol/recording';
import { type Ffmpeg, runProgram } from '../ffmpeg.ts';

/** The list of the files that may be read. */
export const filesName = 'files.json';
/** What of the dialogue's time they show. */
export const spansName = 'spans.json';
const sumsName = 'SHA256SUMS';

/** Writes so that a crash leaves the old file or the new one. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.next`, JSON.stringify(value));
  await rename(`${path}.next`, path);
}

/** Sizes, lengths and sums of these files in `dir`. Throws `FfmpegFailed`. */
export async function describeFiles(
  { ffprobe }: Ffmpeg,
  dir: string,
  names: readonly string[],
): Promise<RecordedFile[]> {
  const files: RecordedFile[] = [];
  for (const name of names) {
    const path = join(dir, name);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const entries = ['-show_entries', 'format=duration', '-of', 'csv=p=0', name];
    const isVideo = !name.endsWith('.vtt');
    const seconds = isVideo
      ? Number.parseFloat(await runProgram(ffprobe, entries, { cwd: dir }))
      : 0;
    files.push({
      name,
      bytes: (await stat(path)).size,
      durationMs: isVideo ? Math.round(seconds * 1_000) : null,
      sha256: hash.digest('hex'),
    });
  }
  return files;
}

/**
 * Moves described files from `workDir` to `outDir`, over those of an earlier cut. Meanwhile there is
 * no list: nobody is given one cut's bytes under another's sum.
 */
export async function publish(
  files: readonly RecordedFile[],
  spans: readonly Span[],
  workDir: string,
  outDir: string,
): Promise<void> {
  await mkdir(outDir, { recursive: true });
  // As `sha256sum --check` reads it.
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
  await writeFile(join(workDir, sumsName), sums);
  await rm(join(outDir, filesName), { force: true });
  for (const name of [...files.map((file) => file.name), sumsName]) {
    await rename(join(workDir, name), join(outDir, name));
  }
  await writeJson(join(outDir, spansName), spans);
  await writeJson(join(outDir, filesName), files);
}
