import { inTime } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import type { CaptionLine } from '../../../ui/CaptionLines.vue';

/** Who speaks, as it is read: `host` is the word for the head table. */
export function speakerName(speaker: CaptionFact['speaker'], host: string): string {
  if (speaker.kind === 'host') return speaker.name ?? host;
  const name = speaker.name ?? speaker.asker;
  return name ? `${name} (${speaker.bridgePointName})` : speaker.bridgePointName;
}

/** A caption as it is read. */
export function captionLine(caption: CaptionFact, host: string): CaptionLine {
  const { id, text, isCorrected, isLate } = caption;
  return { id, text, speaker: speakerName(caption.speaker, host), isCorrected, isLate };
}

/**
 * What a reader can scroll back to: the lines on the board and those that have left it since, for it
 * keeps the newest only. A line that is gone from among those that stay was taken out of the
 * transcript, and is not kept.
 */
export function keptCaptions(
  known: readonly CaptionFact[],
  board: readonly CaptionFact[],
): CaptionFact[] {
  const onBoard = new Set(board.map(({ id }) => id));
  const oldest = new Map<string, number>();
  for (const { track, position } of board) {
    oldest.set(track, Math.min(position, oldest.get(track) ?? position));
  }
  const left = known.filter(
    ({ id, track, position }) => !onBoard.has(id) && position < (oldest.get(track) ?? 0),
  );
  return [...left, ...board].sort(inTime);
}

/** How many lines came since the reader held on to `held`. */
export function newerThan(
  live: readonly CaptionLine[],
  held: readonly CaptionLine[] | null,
): number {
  const last = held?.at(-1);
  if (!last) return held ? live.length : 0;
  const at = live.findIndex(({ id }) => id === last.id);
  return live.length - 1 - at;
}
