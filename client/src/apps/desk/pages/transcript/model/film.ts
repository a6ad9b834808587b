import type { Span } from '@nhip-cau/shared/model/recording';
import { isInProgramme, programmeTimeAt } from '@nhip-cau/shared/model/recording';
import type { Line } from './line.ts';

/** A line that was typed stands where it was sent: its words were said before. In ms. */
const typedLateMs = 5_000;

/** Where in the film, in ms, a line begins to be said; `null` where the film does not show it. */
export function momentOf(
  { at, endAt }: Pick<Line, 'at' | 'endAt'>,
  spans: readonly Span[],
): number | null {
  if (!isInProgramme(spans, at)) return null;
  return programmeTimeAt(spans, endAt === null ? at - typedLateMs : at);
}
