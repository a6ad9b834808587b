import { captionLines, defaultLayout } from '@nhip-cau/shared/model/caption-lines';
import { inTime } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { FirstReading } from '../captions/first-reading.ts';
import { shortName } from '../captions/short-name.ts';
import { tracksOf } from '../captions/tracks.ts';

/** Two rows at most, shown together; times are epoch ms of the picture that they belong to. */
export interface LiveCue {
  key: string;
  track: string;
  from: number;
  until: number;
  /** As WebVTT writes it. */
  text: string;
}

const minCueMs = 1_200;
/** A reader's pace, and a hurried one for when what is read is far behind what is said. */
const msPerCharacter = 55;
const hurriedMsPerCharacter = 35;
const farBehindMs = 10_000;
/** Typed words are of when they were sent off: about so long after they were said, in ms. */
const typingMs = 3_000;
/** How long the last words stay where nothing follows, in ms. */
const lingerMs = 3_000;
/** Words that came longer than that after they were said are not shown for their own sake. */
const freshMs = 20_000;
/** The same for the newest ones that a page finds when it opens. */
const freshAtOpeningMs = 10_000;

/**
 * Puts the captions of a broadcast to its picture. A viewer sees a hall a second or two late, and an
 * engine's final words come later than that: they are shown when they come, for as long as reading
 * them takes, one after another. Whoever is further behind has them where they were said.
 */
export class CueSchedule {
  private readonly reading = new FirstReading();
  /** When lines came here, by the picture that was seen then. */
  private arrivals: Map<string, number> | null = null;

  /** The cues, when these are the captions and the picture of `playingAt` (epoch ms) is seen. */
  cues(captions: readonly CaptionFact[], playingAt: number, leader: string): LiveCue[] {
    const lines = this.reading.of(captions).toSorted(inTime);
    const arrivals = this.arrivedBy(lines, playingAt);
    this.arrivals = arrivals;
    return tracksOf(lines).flatMap((track) => {
      const said = lines.filter((line) => line.track === track);
      return cuesOf(said, arrivals, leader);
    });
  }

  private arrivedBy(lines: readonly CaptionFact[], playingAt: number): Map<string, number> {
    const { arrivals } = this;
    const newest = new Map(lines.map(({ track, id }) => [track, id]));
    const arrival = ({ id, track, at, endAt }: CaptionFact) => {
      const known = arrivals?.get(id);
      if (known !== undefined) return known;
      const agoMs = playingAt - (endAt ?? at);
      const isFresh = arrivals
        ? agoMs < freshMs
        : agoMs < freshAtOpeningMs && newest.get(track) === id;
      return isFresh ? playingAt : -Infinity;
    };
    return new Map(lines.map((line) => [line.id, arrival(line)]));
  }
}

/** Of one track, in order of time. */
function cuesOf(
  lines: readonly CaptionFact[],
  arrivals: ReadonlyMap<string, number>,
  leader: string,
): LiveCue[] {
  const cues: LiveCue[] = [];
  let free = -Infinity;
  let speaking = '';
  for (const { id, track, speaker, text, at, endAt } of lines) {
    const name = shortName(speaker, leader);
    const rows = captionLines(name === speaking ? text : `${name}: ${text}`);
    speaking = name;
    const total = lengthOf(rows);
    const [begunAt, saidMs] =
      endAt === null ? [at - typingMs, total * msPerCharacter] : [at, endAt - at];
    for (let row = 0; row < rows.length; row += defaultLayout.lines) {
      const page = rows.slice(row, row + defaultLayout.lines);
      const saidAt = begunAt + (saidMs * lengthOf(rows.slice(0, row))) / total;
      const from = Math.max(saidAt, arrivals.get(id)!, free);
      const pace = from - saidAt > farBehindMs ? hurriedMsPerCharacter : msPerCharacter;
      free = from + Math.max(minCueMs, lengthOf(page) * pace);
      const saidUntil = saidAt + (saidMs * lengthOf(page)) / total;
      const until = Math.max(free, saidUntil) + lingerMs;
      cues.push({ key: `${id} ${row}`, track, from, until, text: escaped(page.join('\n')) });
    }
  }
  // One is there until the next one comes.
  return cues.map((cue, index) => {
    const next = cues[index + 1];
    return next ? { ...cue, until: Math.min(cue.until, next.from) } : cue;
  });
}

const lengthOf = (rows: readonly string[]): number =>
  rows.reduce((sum, row) => sum + row.length, 0);

/** Words are text, never markup (WebVTT §4.2.1). */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
