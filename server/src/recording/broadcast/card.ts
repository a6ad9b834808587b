import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, runProgram } from '../ffmpeg.ts';

const ivfHeaderBytes = 32;
const ivfFrameHeaderBytes = 12;
const payloadBytes = 1_100;
/** RFC 7741 §4.2: the frame's first packet, and those that go on with it. */
const [firstOfFrame, goesOn] = [0x10, 0x00];

/** What is shown while no camera is: the title, as one VP8 key frame in RTP payloads. */
export async function makeCard(
  { ffmpeg }: Ffmpeg,
  dir: string,
  title: string,
  font: string,
): Promise<Buffer[]> {
  await writeFile(join(dir, 'title.txt'), wrapped(title));
  const text = `drawtext=font='${font}':textfile=title.txt:expansion=none:fontcolor=white`;
  await runProgram(
    ffmpeg,
    [
      ...['-y', '-f', 'lavfi', '-i', 'color=c=0x0f3d3e:s=640x360'],
      ...['-vf', `${text}:fontsize=28:line_spacing=8:x=(w-text_w)/2:y=(h-text_h)/2`],
      ...['-frames:v', '1', '-c:v', 'libvpx', '-f', 'ivf', 'card.ivf'],
    ],
    { cwd: dir },
  );
  const ivf = await readFile(join(dir, 'card.ivf'));
  return vp8Payloads(ivf.subarray(ivfHeaderBytes + ivfFrameHeaderBytes));
}

/** A VP8 frame cut into RTP payloads. */
export function vp8Payloads(frame: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; at += payloadBytes) {
    const descriptor = Buffer.from([at === 0 ? firstOfFrame : goesOn]);
    payloads.push(Buffer.concat([descriptor, frame.subarray(at, at + payloadBytes)]));
  }
  return payloads;
}

const lineLength = 34;

/** Lines that fit: ffmpeg breaks none. */
export function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > lineLength) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}
