import { growingLines } from '@nhip-cau/shared/model/caption-lines';
import { inTime } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { FirstReading } from '../../core/captions/first-reading.ts';
import { shortName } from '../../core/captions/short-name.ts';
import type { UnfinishedLine } from '../../core/captions/unfinished.ts';

/** The longest row of captions, in characters: what is read from the last seats at a glance. */
export const rowLength = 37;

/** Whether captions are set in two rows of larger letters instead of three. */
export const isLarge = (scale: number): boolean => scale > 1;

/** How long the newest row stays once nobody says anything, in ms. */
export const captionStayMs = 20_000;

/** Lines that are looked at; whatever came before them is not caught up with. */
const linesKept = 12;
/** How soon another row follows where more words came at once than there are rows, in ms. */
const stepMs = 2_000;
/** The same where more than `manyRows` wait. */
const hurriedStepMs = 1_000;
const manyRows = 6;
/** So long after unfinished words a final line is taken for what became of them, in ms. */
const openSlackMs = 3_000;

export interface CaptionRow {
  key: string;
  /** Named where the speaker changes, not again on each row. */
  speaker?: string;
  text: string;
  /** Its words may still change. */
  open: boolean;
}

interface PlacedRow extends CaptionRow {
  lineId: string;
  /** Among the rows of its line. */
  place: number;
}

export interface CaptionRowsInput {
  captions: readonly CaptionFact[];
  unfinished: readonly UnfinishedLine[];
  /** Epoch ms. */
  now: number;
  /** Rows that fit. */
  rows: number;
  track: string;
  /** The word for the head table. */
  leader: string;
}

/**
 * What stands in the few rows of captions of a hall's screen, asked for whenever anything of it or
 * the time changes. Unfinished words are followed to their end; a long line that comes at once, as
 * from an engine that hears whole utterances, goes through the rows at a reader's pace. Rows that
 * silence has taken away do not come back. What is transcribed late is for reading later, not for
 * the hall.
 */
export class CaptionScreen {
  private readonly reading = new FirstReading();
  private track: string | null = null;
  /** How many rows of each line have been shown. */
  private shown: ReadonlyMap<string, number> = new Map();
  private isBehind = false;
  private steppedAt = -Infinity;
  private openAt = -Infinity;
  /** When the newest line began that silence has taken away, epoch ms. */
  private leftAt = -Infinity;

  /** The rows to show, oldest first. */
  rows(input: CaptionRowsInput): CaptionRow[] {
    const { unfinished, now, rows, track, leader } = input;
    const said = this.reading
      .of(input.captions)
      .filter((line) => line.track === track && !line.isLate && line.at > this.leftAt)
      .toSorted(inTime)
      .slice(-linesKept);
    const lines = [
      ...said.map((line) => ({ ...line, open: false })),
      ...unfinished.map((line) => ({ ...line, open: true })),
    ];
    const all = allRows(lines, leader);
    const end = this.endOf(all, input);
    this.track = track;
    this.isBehind = end < all.length;
    this.shown = countByLine(all.slice(0, end));
    const newest = said.at(-1);
    if (newest && !this.isBehind && unfinished.length === 0) {
      const doneAt = Math.max(newest.endAt ?? newest.at, this.steppedAt);
      if (now - doneAt >= captionStayMs) {
        this.leftAt = newest.at;
        return [];
      }
    }
    return all.slice(Math.max(0, end - rows), end);
  }

  /** How many of all rows have had their turn by now. */
  private endOf(all: readonly PlacedRow[], input: CaptionRowsInput): number {
    const { unfinished, now, rows, track } = input;
    if (unfinished.length > 0) this.openAt = now;
    // Whoever comes late begins with the newest.
    if (track !== this.track || now - this.openAt < openSlackMs) return all.length;
    const { shown } = this;
    const seen = 1 + all.findLastIndex(({ lineId, place }) => place < (shown.get(lineId) ?? 0));
    const waiting = all.length - seen;
    if (waiting === 0) return seen;
    if (this.isBehind && now - this.steppedAt < (waiting > manyRows ? hurriedStepMs : stepMs)) {
      return seen;
    }
    const step = this.isBehind ? 1 : Math.min(waiting, rows);
    this.steppedAt = now;
    return seen + step;
  }
}

type Line = Pick<UnfinishedLine, 'id' | 'speaker' | 'text'> & { open: boolean };

function allRows(lines: readonly Line[], leader: string): PlacedRow[] {
  let speaking = '';
  return lines.flatMap(({ id, text, speaker, open }) => {
    const name = shortName(speaker, leader);
    const prefix = name === speaking ? '' : `${name}: `;
    speaking = name;
    // As a text that grows is set: what is final then stands as it did while it was not.
    return growingLines(prefix + text, rowLength).map((row, place): PlacedRow => {
      const placed = { key: `${id} ${place}`, lineId: id, place, open };
      if (place > 0 || prefix === '' || !row.startsWith(prefix)) return { ...placed, text: row };
      return { ...placed, speaker: name, text: row.slice(prefix.length) };
    });
  });
}

function countByLine(rows: readonly PlacedRow[]): Map<string, number> {
  return new Map(rows.map(({ lineId, place }) => [lineId, place + 1]));
}
