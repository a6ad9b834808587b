import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import type { EditList } from '../../dialogue/recording/edit-list.ts';
import { fileName } from '../../dialogue/record/file-name.ts';
import { type Ffmpeg, FfmpegFailed, startFfmpeg } from '../ffmpeg.ts';
import type { StoredTrack } from '../library.ts';
import { captionFile, chapterFile } from './chapters.ts';
import { concatList, pieceArguments, pieceFiles, takesOf } from './piece-command.ts';
import { framesPerSecond, type Piece, piecesOf } from './pieces.ts';

/** Fontconfig's name of a font that has all of Vietnamese; Debian's ffmpeg brings DejaVu. */
const font = 'Be Vietnam Pro,Noto Sans,DejaVu Sans';
/** Putting the pieces together takes about that share of the whole. */
const joinShare = 0.05;

export interface CutMaterial {
  list: EditList;
  tracks: StoredTrack[];
  transcript: TranscriptBody;
}

export interface CutOptions {
  ffmpeg: Ffmpeg;
  /** Where the files are made; kept after an interruption, and gone on with by the next cut. */
  workDir: string;
  signal: AbortSignal;
  /** 0 … 1. */
  onProgress: (progress: number) => void;
}

/**
 * Cuts the programme piece by piece and puts the pieces together as MP4 and WebM, with chapters and
 * captions. Returns the names of the files in `workDir`. A later call with the same material goes on
 * where an interrupted one stopped. Throws `FfmpegFailed`, or what `signal` was aborted with.
 */
export async function cutProgramme(material: CutMaterial, options: CutOptions): Promise<string[]> {
  const pieces = piecesOf(material.list, material.tracks);
  if (pieces.length === 0) throw new Error('nothing of the programme was recorded');
  await prepareWork(pieces, options.workDir);
  const total = pieces.reduce((sum, { frames }) => sum + frames, 0);
  let before = 0;
  for (const [index, piece] of pieces.entries()) {
    const report = (frames: number) =>
      options.onProgress(((before + frames) / total) * (1 - joinShare));
    await makePiece(piece, index, options, report);
    before += piece.frames;
    report(0);
  }
  return joinPieces(material, pieces, options);
}

/** Keeps what an earlier cut of just these pieces has made, and nothing else. */
async function prepareWork(pieces: readonly Piece[], workDir: string): Promise<void> {
  const plan = join(workDir, 'plan.json');
  const wanted = JSON.stringify(pieces);
  const before = await readFile(plan, 'utf8').catch(() => null);
  if (before === wanted) return;
  await rm(workDir, { recursive: true, force: true });
  await mkdir(workDir, { recursive: true });
  await writeFile(plan, wanted);
}

async function makePiece(
  piece: Piece,
  index: number,
  { ffmpeg, workDir, signal }: CutOptions,
  onFrames: (frames: number) => void,
): Promise<void> {
  const files = pieceFiles(index);
  const done = join(workDir, `${files.mp4}.done`);
  if (existsSync(done)) return;
  await writeFile(join(workDir, files.hall), piece.hall);
  for (const [number, take] of takesOf(piece).entries()) {
    await writeFile(join(workDir, files.list(number + 1)), concatList(take));
  }
  await run(ffmpeg, pieceArguments(piece, index, font), workDir, signal, (line) => {
    const frames = /^frame=\s*(\d+)/.exec(line)?.[1];
    if (frames !== undefined) onFrames(Math.min(Number(frames), piece.frames));
  });
  await writeFile(done, '');
}

async function joinPieces(
  { list, transcript }: CutMaterial,
  pieces: readonly Piece[],
  { ffmpeg, workDir, signal }: CutOptions,
): Promise<string[]> {
  const { title } = transcript.dialogue;
  const files = pieces.map((_, index) => pieceFiles(index));
  const listOf = (kind: 'mp4' | 'webm') =>
    ['ffconcat version 1.0', ...files.map((names) => `file '${names[kind]}'`)].join('\n');
  const captions = captionFile(transcript, list);
  await Promise.all([
    writeFile(join(workDir, 'mp4.ffconcat'), listOf('mp4')),
    writeFile(join(workDir, 'webm.ffconcat'), listOf('webm')),
    writeFile(join(workDir, 'chapters.txt'), chapterFile(list, title)),
    ...(captions === null ? [] : [writeFile(join(workDir, 'captions.vtt'), captions)]),
  ]);
  const names = (['mp4', 'webm'] as const).map((kind) => fileName(title, 'ghi-hinh', kind));
  const [mp4, webm] = names as [string, string];
  const frames = pieces.reduce((sum, piece) => sum + piece.frames, 0);
  const common = ['-map_metadata', '2', '-map_chapters', '2'];
  const duration = ['-t', (frames / framesPerSecond).toFixed(3)];
  const subtitle = (codec: string) =>
    captions === null ? [] : ['-map', '4:s', '-c:s', codec, '-metadata:s:s:0', 'language=vie'];
  const args = [
    ...['-y', '-f', 'concat', '-i', 'mp4.ffconcat', '-f', 's16le', '-ar', '48000', '-ac', '1'],
    ...['-i', 'pipe:0', '-f', 'ffmetadata', '-i', 'chapters.txt'],
    ...['-f', 'concat', '-i', 'webm.ffconcat'],
    ...(captions === null ? [] : ['-i', 'captions.vtt']),
    ...['-map', '0:v', '-map', '1:a', ...subtitle('mov_text'), ...common, ...duration],
    ...['-c:v', 'copy', '-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', mp4],
    ...['-map', '3:v', '-map', '1:a', ...subtitle('webvtt'), ...common, ...duration],
    ...['-c:v', 'copy', '-c:a', 'libopus', '-b:a', '64k', webm],
  ];
  const sounds = files.map(({ sound }) => join(workDir, sound));
  await run(ffmpeg, args, workDir, signal, () => {}, sounds);
  if (captions !== null) {
    const vtt = fileName(title, 'ghi-hinh', 'vtt');
    await writeFile(join(workDir, vtt), captions);
    names.push(vtt);
  }
  return names;
}

/** Runs ffmpeg behind the live dialogue, with these files one after another as its input. */
async function run(
  { ffmpeg }: Ffmpeg,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
  onLine: (line: string) => void,
  stdin: readonly string[] = [],
): Promise<void> {
  signal.throwIfAborted();
  const { child, ended } = startFfmpeg(ffmpeg, args, { cwd, isPatient: true });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  child.stdout.on('data', (chunk: Buffer) => chunk.toString().split('\n').forEach(onLine));
  const feeding = feed(child.stdin, stdin).catch(() => {
    // It ended before it had read all: its end says why.
  });
  const { code, signal: killedBy, words } = await ended;
  await feeding;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new FfmpegFailed(killedBy ?? code ?? 'no start', words);
}

function feed(stdin: NodeJS.WritableStream, files: readonly string[]): Promise<void> {
  return pipeline(async function* () {
    for (const file of files) yield* createReadStream(file);
  }, stdin);
}
