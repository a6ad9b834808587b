/** A part has five pictures; in s. */
export const partS = 0.2;
/** The longest one, in s: the sound's start adds a little to a stream's first picture. */
export const partTargetS = 0.23;
/** From one key frame to the next, in s; the playlist's target duration. */
export const segmentS = 1;
/** So many segments are listed; the newest of them as parts too (RFC 8216bis §4.4.4.9: three). */
const partedSegments = 4;
/** How far from its end a player of whole segments stays (§4.4.3.8: at least three of them). */
const holdBackS = 3;
/**
 * The same for a player of parts. A server that holds requests tells of each part at once; of
 * another one players ask once a target duration.
 */
const partHoldBackS = { held: 0.9, plain: 0.9 + segmentS };

export interface Part {
  name: string;
  durationS: number;
  isIndependent: boolean;
}

/** What stands between two key frames; the newest one may still grow. */
export interface Segment {
  name: string;
  /** The file with which it has to be read. */
  init: string;
  /** Nothing of what came before fits to it: another encoder made it, or something is missing. */
  isDiscontinuous: boolean;
  /** When its first picture was taken, in epoch ms. */
  takenAt: number;
  parts: Part[];
  isWhole: boolean;
}

/** A live playlist as it stands; a whole segment or more comes first. */
export interface Playlist {
  /** The media sequence number of the first segment. */
  sequence: number;
  discontinuitySequence: number;
  segments: readonly Segment[];
  /** The name of the part that comes next, where that is known. */
  nextPart: string | null;
  /** Nothing more comes. */
  isEnded: boolean;
}

export const durationOf = ({ parts }: Segment): number =>
  parts.reduce((sum, { durationS }) => sum + durationS, 0);

/**
 * The text of a media playlist with partial segments (RFC 8216bis). `isHeld`: for a server that
 * answers a request for what comes next once it has come, and so may promise that.
 */
export function renderPlaylist(playlist: Playlist, isHeld: boolean): string {
  const { sequence, discontinuitySequence, segments, nextPart, isEnded } = playlist;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${segmentS}`,
    `#EXT-X-SERVER-CONTROL:${isHeld ? 'CAN-BLOCK-RELOAD=YES,' : ''}` +
      `HOLD-BACK=${holdBackS},PART-HOLD-BACK=${isHeld ? partHoldBackS.held : partHoldBackS.plain}`,
    `#EXT-X-PART-INF:PART-TARGET=${partTargetS}`,
    `#EXT-X-MEDIA-SEQUENCE:${sequence}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  const partsFrom = segments.length - partedSegments;
  let init: string | null = null;
  for (const [index, segment] of segments.entries()) {
    if (segment.isDiscontinuous) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.init !== init) lines.push(`#EXT-X-MAP:URI="${segment.init}"`);
    init = segment.init;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.takenAt).toISOString()}`);
    if (index >= partsFrom) lines.push(...segment.parts.map(partLine));
    if (segment.isWhole) lines.push(`#EXTINF:${seconds(durationOf(segment))},`, segment.name);
  }
  if (isEnded) lines.push('#EXT-X-ENDLIST');
  else if (isHeld && nextPart !== null)
    lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${nextPart}"`);
  return `${lines.join('\n')}\n`;
}

const partLine = ({ name, durationS, isIndependent }: Part) =>
  `#EXT-X-PART:DURATION=${seconds(durationS)},URI="${name}"${isIndependent ? ',INDEPENDENT=YES' : ''}`;

const seconds = (value: number) => value.toFixed(5);

/** Where the next playlist of that address goes on, so that its numbers never go back. */
export function numbersAfter(text: string): Pick<Playlist, 'sequence' | 'discontinuitySequence'> {
  const numberOf = (tag: string) => Number(new RegExp(`^#${tag}:(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const countOf = (line: RegExp) => text.match(line)?.length ?? 0;
  const whole = countOf(/^#EXTINF:/gm);
  return {
    // One more was perhaps begun.
    sequence: numberOf('EXT-X-MEDIA-SEQUENCE') + whole + (whole > 0 ? 1 : 0),
    discontinuitySequence:
      numberOf('EXT-X-DISCONTINUITY-SEQUENCE') + countOf(/^#EXT-X-DISCONTINUITY$/gm),
  };
}
