import { framesPerSecond, type Piece, type Take } from './pieces.ts';

/** The size of the programme's picture. */
const [width, height] = [1280, 720];
const samplesPerFrame = 48_000 / framesPerSecond;
const background = '0x0f3d3e';

/** Names of what is written for one piece, in the folder of the work. */
export const pieceFiles = (index: number) => {
  const name = `p${String(index).padStart(6, '0')}`;
  return {
    mp4: `${name}.mkv`,
    webm: `${name}.webm`,
    sound: `${name}.pcm`,
    hall: `${name}.txt`,
    list: (take: number) => `${name}-${take}.ffconcat`,
  };
};

/** A file of ffmpeg's concat demuxer, with the times that ffmpeg gave the segments when it cut. */
export function concatList({ dir, segments }: Take): string {
  const lines = segments.flatMap(({ file, startMs, endMs }) => [
    `file '${`${dir}/${file}`.replaceAll("'", String.raw`'\''`)}'`,
    `duration ${((endMs - startMs) / 1_000).toFixed(3)}`,
  ]);
  return `${['ffconcat version 1.0', ...lines].join('\n')}\n`;
}

/** All takes of a piece, in the order of ffmpeg's inputs (from 1; 0 is the card). */
export const takesOf = ({ large, inset, sounds }: Piece): Take[] =>
  [large, inset, ...sounds].filter((take) => take !== null);

/**
 * ffmpeg's arguments for one piece: exactly its frames as H.264 and as VP8, and exactly as much
 * sound as raw samples, so that the pieces fit together to the sample. `font`: a fontconfig name.
 */
export function pieceArguments(piece: Piece, index: number, font: string): string[] {
  const files = pieceFiles(index);
  const seconds = (piece.frames / framesPerSecond).toFixed(3);
  const takes = takesOf(piece);
  const inputs = takes.flatMap((take, number) => [
    ...['-f', 'concat', '-safe', '0', '-ss', (take.offsetMs / 1_000).toFixed(3)],
    ...['-t', seconds, '-i', files.list(number + 1)],
  ]);
  return [
    ...['-y', '-nostdin', '-progress', 'pipe:1', '-f', 'lavfi'],
    ...[
      '-i',
      `color=c=${background}:s=${width}x${height}:r=${framesPerSecond}:d=${seconds}`,
      ...inputs,
    ],
    ...['-filter_complex', graphOf(piece, files.hall, font)],
    ...['-map', '[mp4]', '-frames:v', String(piece.frames), '-r', String(framesPerSecond)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'],
    ...['-bf', '0', '-g', String(framesPerSecond * 2), files.mp4],
    ...['-map', '[webm]', '-frames:v', String(piece.frames), '-r', String(framesPerSecond)],
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '5', '-b:v', '1500k'],
    ...['-g', String(framesPerSecond * 4), files.webm],
    ...['-map', '[sound]', '-f', 's16le', files.sound],
  ];
}

function graphOf(piece: Piece, hallFile: string, font: string): string {
  const { large, inset, sounds, frames } = piece;
  const chains: string[] = [];
  const name = (size: number, place: string) =>
    `drawtext=font='${font}':textfile=${hallFile}:expansion=none:fontcolor=white:fontsize=${size}:${place}`;
  const card = name(56, 'x=(w-text_w)/2:y=(h-text_h)/2');
  let picture = '0:v';
  let input = 1;
  const add = (chain: (from: string) => string, to: string) => {
    chains.push(`${chain(picture)}[${to}]`);
    picture = to;
  };
  const overlay = (take: Take, size: string, place: string, label: string) => {
    chains.push(`[${input}:v]setpts=PTS+${delayOf(take)}/TB,${size}[${label}]`);
    add((from) => `[${from}][${label}]overlay=${place}:eof_action=repeat`, `with-${label}`);
    input += 1;
  };
  add((from) => `[${from}]${card}`, 'card');
  const fit = (w: number, h: number) =>
    `scale=${w}:${h}:force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1`;
  if (large) overlay(large, fit(width, height), 'x=(W-w)/2:y=(H-h)/2', 'large');
  if (inset) {
    overlay(inset, `${fit(320, 180)},pad=iw+4:ih+4:2:2:white`, 'x=W-w-32:y=H-h-32', 'inset');
  }
  if (large) {
    const place = `x=40:y=h-text_h-44:box=1:boxcolor=${background}@0.8:boxborderw=14`;
    add((from) => `[${from}]${name(32, place)}`, 'named');
  }
  chains.push(`[${picture}]split[mp4][webm]`);
  const heard = sounds.map((take) => {
    const label = `s${input}`;
    chains.push(
      `[${input}:a]asetpts=PTS+${delayOf(take)}/TB,` +
        'aformat=sample_rates=48000:sample_fmts=s16:channel_layouts=mono,' +
        // Silence where a microphone sent none, and nothing stretched.
        `aresample=async=1:first_pts=0[${label}]`,
    );
    input += 1;
    return `[${label}]`;
  });
  const mixed =
    heard.length === 0
      ? 'anullsrc=r=48000:cl=mono'
      : `${heard.join('')}amix=inputs=${heard.length}:normalize=0`;
  const samples = frames * samplesPerFrame;
  chains.push(`${mixed},apad,atrim=end_sample=${samples}[sound]`);
  return chains.join(';');
}

const delayOf = ({ delayMs }: Take) => (delayMs / 1_000).toFixed(3);
