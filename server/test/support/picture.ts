import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, runProgram } from '../../src/recording/ffmpeg.ts';

/** The colour in the middle of a film at that second: the strongest of its channels. */
export async function strongestChannel(
  { ffmpeg: { ffmpeg }, dir }: { ffmpeg: Ffmpeg; dir: string },
  film: string,
  seconds: number,
): Promise<string> {
  const file = join(dir, 'pixel.rgb');
  const args = ['-y', '-ss', seconds.toFixed(2), '-i', film, '-frames:v', '1'];
  const middle = ['-vf', 'crop=64:64:600:300,scale=1:1,format=rgb24', '-f', 'rawvideo', file];
  await runProgram(ffmpeg, [...args, ...middle], { cwd: '/' });
  const channels = [...(await readFile(file))];
  return ['red', 'green', 'blue'][channels.indexOf(Math.max(...channels))]!;
}
