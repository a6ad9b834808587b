import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, runProgram } from './ffmpeg.ts';
import { readCard, segmentList, type TrackCard } from './track-folder.ts';

/** One segment; times are of the track's own clock, in ms. */
export interface Segment {
  file: string;
  startMs: number;
  endMs: number;
}

/** A track as it stands on the disk. */
export interface StoredTrack extends TrackCard {
  /** Its folder's name. */
  id: string;
  dir: string;
  /** In order; empty before the first one is begun. */
  segments: Segment[];
  bytes: number;
}

/** Every track in `dir`, in the order of their starts; none where there is no such folder. */
export async function readTracks(dir: string, ffmpeg: Ffmpeg | null): Promise<StoredTrack[]> {
  const names = await readdir(dir).catch(() => []);
  const tracks = await Promise.all(names.sort().map((name) => readTrack(dir, name, ffmpeg)));
  return tracks.filter((track) => track !== null).sort((a, b) => a.startedAt - b.startedAt);
}

async function readTrack(
  parent: string,
  id: string,
  ffmpeg: Ffmpeg | null,
): Promise<StoredTrack | null> {
  const dir = join(parent, id);
  const card = await readCard(dir);
  if (card === null || card.points.length === 0) return null;
  const files = (await readdir(dir)).filter((name) => name.endsWith('.mkv')).sort();
  const listed = parseSegmentList(await readFile(join(dir, segmentList), 'utf8').catch(() => ''));
  const segments: Segment[] = [];
  let bytes = 0;
  for (const file of files) {
    bytes += (await stat(join(dir, file))).size;
    const known = listed.get(file);
    // The last one of an ffmpeg that was killed is in no list, and ends where its packets end.
    const segment = known ?? (ffmpeg && (await probeSegment(ffmpeg, dir, file)));
    if (segment) segments.push(segment);
  }
  return { ...card, id, dir, segments, bytes };
}

/** What ffmpeg's segment list (`file,start,end` in seconds) says, by file. */
export function parseSegmentList(text: string): Map<string, Segment> {
  const segments = new Map<string, Segment>();
  for (const line of text.split('\n')) {
    const [file, start, end] = line.trim().split(',');
    const [startMs, endMs] = [Number(start) * 1_000, Number(end) * 1_000];
    // A line that was being written when the machine went down.
    if (!file || !Number.isFinite(startMs) || !Number.isFinite(endMs) || end === '') continue;
    segments.set(file, { file, startMs: Math.round(startMs), endMs: Math.round(endMs) });
  }
  return segments;
}

async function probeSegment(
  { ffprobe }: Ffmpeg,
  dir: string,
  file: string,
): Promise<Segment | null> {
  try {
    const times = await runProgram(
      ffprobe,
      ['-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file],
      { cwd: dir },
    );
    const seconds = times.split('\n').map(Number.parseFloat).filter(Number.isFinite);
    if (seconds.length === 0) return null;
    const startMs = Math.round(Math.min(...seconds.slice(0, 50)) * 1_000);
    return { file, startMs, endMs: Math.round(Math.max(...seconds.slice(-50)) * 1_000) };
  } catch {
    // Nothing of it is readable: it had only just begun.
    return null;
  }
}
