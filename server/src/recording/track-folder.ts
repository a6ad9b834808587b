import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { TrackCodec } from '../dialogue/recording/ports.ts';
import type { ClockPoint } from './wall-clock.ts';

/** What is kept beside a track's segments. Times are epoch ms. */
export interface TrackCard {
  bridgePointId: string;
  source: MediaSource;
  /** The turn that was on air then; `null`: none. */
  turnId: string | null;
  codec: TrackCodec;
  startedAt: number;
  points: ClockPoint[];
}

const cardName = 'track.json';
/** ffmpeg's list of the segments that are complete. */
export const segmentList = 'segments.csv';
export const segmentPattern = '%05d.mkv';

/** The folder's name: when, where, what. */
export function trackFolder(startedAt: number, hallCode: string, source: MediaSource): string {
  const when = new Date(startedAt).toISOString().replaceAll(/[-:]/g, '').replace('.', '');
  const where = hallCode.replaceAll(/[^\w-]/g, '_').slice(0, 40);
  return `${when}-${where}-${source}`;
}

/** Writes the card so that a crash leaves the old one or the new one. */
export async function writeCard(dir: string, card: TrackCard): Promise<void> {
  const next = join(dir, `${cardName}.next`);
  await writeFile(next, JSON.stringify(card));
  await rename(next, join(dir, cardName));
}

/** The card of a folder; `null` where there is none, as before the first packet. */
export async function readCard(dir: string): Promise<TrackCard | null> {
  try {
    return JSON.parse(await readFile(join(dir, cardName), 'utf8')) as TrackCard;
  } catch {
    return null;
  }
}
