import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { EditList, Scene } from '../../dialogue/recording/edit-list.ts';
import type { Segment, StoredTrack } from '../library.ts';
import { trackTimeAt } from '../wall-clock.ts';

/** Pictures a second; sound is 1,920 samples to each. */
export const framesPerSecond = 25;
const frameMs = 1_000 / framesPerSecond;
/** A cancelled or interrupted cut loses at most the work for that much of the programme. */
const longestMs = 30_000;
/** A camera that comes or goes that near to a cut makes none of its own. */
const snapMs = 400;

/** A stretch of one track: its files from the one that holds the beginning. */
export interface Take {
  dir: string;
  segments: Segment[];
  /** Where in the first file it begins. */
  offsetMs: number;
  /** How long after the piece's beginning it begins. */
  delayMs: number;
}

/** A stretch of the programme that looks the same from its beginning to its end. */
export interface Piece {
  frames: number;
  /** The hall whose name is shown. */
  hall: string;
  large: Take | null;
  inset: Take | null;
  sounds: Take[];
}

type Stretch = Scene;

/** The programme as pieces to be made one by one, in order. Pure. */
export function piecesOf(list: EditList, tracks: readonly StoredTrack[]): Piece[] {
  const pieces: Piece[] = [];
  let doneFrames = 0;
  let programmeMs = 0;
  for (const scene of list.scenes) {
    for (const stretch of stretchesOf(scene, list.centralId, tracks)) {
      programmeMs += stretch.endAt - stretch.startAt;
      // Rounded over the whole, so that roundings do not add up.
      const frames = Math.round(programmeMs / frameMs) - doneFrames;
      if (frames === 0) continue;
      doneFrames += frames;
      pieces.push({ frames, ...pieceOf(stretch, list, tracks) });
    }
  }
  return pieces;
}

function stretchesOf(scene: Scene, centralId: string, tracks: readonly StoredTrack[]): Stretch[] {
  const shown = tracks.filter((track) => isPicture(track) && isShown(track, scene, centralId));
  const wanted = shown.flatMap((track) => Object.values(spanOf(track))).sort((a, b) => a - b);
  const cuts = [scene.startAt];
  for (const at of wanted) {
    if (at - cuts.at(-1)! > snapMs && scene.endAt - at > snapMs) cuts.push(at);
  }
  cuts.push(scene.endAt);
  return cuts.slice(1).flatMap((endAt, index) => split({ ...scene, startAt: cuts[index]!, endAt }));
}

function split(stretch: Stretch): Stretch[] {
  const { startAt, endAt } = stretch;
  const parts = Math.ceil((endAt - startAt) / longestMs);
  return Array.from({ length: parts }, (_, index) => ({
    ...stretch,
    startAt: startAt + index * longestMs,
    endAt: Math.min(endAt, startAt + (index + 1) * longestMs),
  }));
}

function pieceOf(
  stretch: Stretch,
  { centralId, halls }: EditList,
  tracks: readonly StoredTrack[],
): Omit<Piece, 'frames'> {
  const speakerId = stretch.isHeld ? null : stretch.speakerId;
  const takes = (hall: string | null, source: MediaSource) =>
    hall === null ? [] : takesOf(tracks, stretch, hall, source);
  const picture = (hall: string | null, source: MediaSource) => takes(hall, source).at(-1) ?? null;
  const screen = picture(centralId, 'screen');
  const host = picture(centralId, 'camera');
  const speaker = picture(speakerId, 'camera');
  const sounds = [
    ...takes(speakerId, 'microphone'),
    ...takes(centralId, 'microphone'),
    ...takes(centralId, 'screenSound'),
  ];
  // In a turn without a picture of its own the hall's card stands large.
  const large = screen ?? (stretch.speakerId === null ? host : speaker);
  const inset = screen ? (speaker ?? host) : stretch.speakerId === null ? null : host;
  return { hall: halls.get(stretch.speakerId ?? centralId) ?? '', large, inset, sounds };
}

/** Of a hall's sound all that there is: its microphone may have been another one after a while. */
function takesOf(
  tracks: readonly StoredTrack[],
  stretch: Stretch,
  hall: string,
  source: MediaSource,
): Take[] {
  const { startAt, endAt } = stretch;
  const middle = (startAt + endAt) / 2;
  return tracks
    .filter((track) => {
      if (track.bridgePointId !== hall || track.source !== source) return false;
      const { from, until } = spanOf(track);
      // Sound may be there for a part only; a picture is, or is not.
      return isPicture(track) ? from <= middle && middle < until : from < endAt && until > startAt;
    })
    .map((track) => takeOf(track, stretch))
    .filter((take) => take !== null);
}

function takeOf(track: StoredTrack, { startAt, endAt }: Stretch): Take | null {
  const from = trackTimeAt(track.points, startAt);
  const until = trackTimeAt(track.points, endAt);
  const segments = track.segments.filter(({ startMs, endMs }) => endMs > from && startMs < until);
  const [first] = segments;
  if (first === undefined) return null;
  return {
    dir: track.dir,
    segments,
    offsetMs: Math.max(0, from - first.startMs),
    delayMs: Math.max(0, first.startMs - from),
  };
}

const isPicture = ({ source }: StoredTrack) => source === 'camera' || source === 'screen';

const isShown = ({ bridgePointId }: StoredTrack, { speakerId }: Scene, centralId: string) =>
  bridgePointId === centralId || bridgePointId === speakerId;

/** When a track's files begin and end, in epoch ms; 0 and 0 of one that has none yet. */
export function spanOf({ points, segments }: StoredTrack): { from: number; until: number } {
  const at = (ms: number) => ms + (points.findLast(({ atMs }) => atMs <= ms) ?? points[0]!).epochMs;
  const [first, last] = [segments[0], segments.at(-1)];
  if (!first || !last) return { from: 0, until: 0 };
  return { from: at(first.startMs), until: at(last.endMs) };
}
