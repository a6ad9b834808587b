import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';

/** A line of the head table, said at that time in 0.9 s. */
export const caption = (
  at: number,
  text: string,
  more: Partial<CaptionFact> = {},
): CaptionFact => ({
  id: `${at}`,
  position: at,
  at,
  endAt: at + 900,
  text,
  track: 'vi',
  speaker: { kind: 'host', name: null },
  isLate: false,
  isCorrected: false,
  ...more,
});
