import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import type { CaptionLine } from '../../../ui/CaptionLines.vue';

/** A caption as it is read: `host` is the word for the head table. */
export function captionLine({ id, text, speaker }: CaptionFact, host: string): CaptionLine {
  if (speaker.kind === 'host') return { id, text, speaker: host };
  const { asker, bridgePointName } = speaker;
  return { id, text, speaker: asker ? `${asker} (${bridgePointName})` : bridgePointName };
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
