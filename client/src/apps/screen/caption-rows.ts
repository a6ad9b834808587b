import { pages } from '@nhip-cau/shared/model/caption-lines';
import { inTime } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import type { UnfinishedLine } from '../../core/captions/unfinished.ts';

/** The longest row of captions, in characters: what is read from the last seats at a glance. */
export const rowLength = 37;

/** How long the newest line stays once nobody says anything, in ms. */
export const captionStayMs = 20_000;

/** Lines that are looked at: the rows on the screen hold some words of a few. */
const linesKept = 4;

export interface CaptionRow {
  key: string;
  /** Named where the speaker changes, not again on each row. */
  speaker?: string;
  text: string;
  /** Its words may still change. */
  open: boolean;
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
 * The newest rows of captions, oldest first; none when the last word is older than `captionStayMs`.
 * What is transcribed late is for reading later, not for the hall.
 */
export function captionRows(input: CaptionRowsInput): CaptionRow[] {
  const { captions, unfinished, now, rows, track, leader } = input;
  const said = captions
    .filter((caption) => caption.track === track && !caption.isLate)
    .toSorted(inTime)
    .slice(-linesKept);
  const newest = said.at(-1);
  const isRecent = newest !== undefined && now - (newest.endAt ?? newest.at) < captionStayMs;
  if (!isRecent && unfinished.length === 0) return [];
  const shown = [
    ...(isRecent ? said.map((caption) => ({ ...caption, open: false })) : []),
    ...unfinished.map((line) => ({ ...line, open: true })),
  ];
  let speaking = '';
  const all = shown.flatMap(({ id, text, speaker, open }) => {
    const name = nameOf(speaker, leader);
    const prefix = name === speaking ? '' : `${name}: `;
    speaking = name;
    // As a text that grows is set: what is final then stands as it did while it was not.
    const set = pages(prefix + text, { columns: rowLength, lines: 3 }).flat();
    return set.map((row, place): CaptionRow => {
      const key = `${id} ${place}`;
      if (place > 0 || prefix === '' || !row.startsWith(prefix)) return { key, text: row, open };
      return { key, speaker: name, text: row.slice(prefix.length), open };
    });
  });
  return all.slice(-rows);
}

/**
 * Captions as this page has first shown them: on a screen that is read from afar a final line stays
 * as it is, whatever is corrected later.
 */
export class FirstReading {
  private texts = new Map<string, string>();

  of(captions: readonly CaptionFact[]): CaptionFact[] {
    const before = this.texts;
    this.texts = new Map(captions.map(({ id, text }) => [id, before.get(id) ?? text]));
    return captions.map((caption) => ({ ...caption, text: this.texts.get(caption.id)! }));
  }
}

function nameOf(speaker: CaptionFact['speaker'], leader: string): string {
  if (speaker.kind === 'host') return speaker.name ?? leader;
  return speaker.name ?? speaker.asker ?? speaker.bridgePointName;
}
