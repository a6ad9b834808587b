/**
 * Why a recording or a broadcast stopped: a person stopped it, the dialogue ended, or the disk is
 * nearly full.
 */
export const recordingStops = ['person', 'ended', 'diskFull'] as const;

export type RecordingStop = (typeof recordingStops)[number];

/** `low`: enough for a while, somebody should look after it; `full`: nothing more is written. */
export type DiskLevel = 'ok' | 'low' | 'full';

/** What a programme cut is doing; `failed` and `cancelled` can be made anew. */
export type CutState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** A stretch of a dialogue's time, epoch ms. */
export interface Span {
  startAt: number;
  endAt: number;
}

/**
 * Where in a programme that shows these spans one after another, in ms, the moment `at` is; a pause
 * that was left out is where it ended.
 */
export function programmeTimeAt(spans: readonly Span[], at: number): number {
  let before = 0;
  for (const { startAt, endAt } of spans) {
    if (at < startAt) break;
    if (at < endAt) return before + at - startAt;
    before += endAt - startAt;
  }
  return before;
}

/** Whether the programme shows that moment. */
export const isInProgramme = (spans: readonly Span[], at: number): boolean =>
  spans.some(({ startAt, endAt }) => startAt <= at && at < endAt);

/** The same time in as few spans as can be. */
export function joinedSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { startAt, endAt } of spans) {
    const last = joined.at(-1);
    if (last?.endAt === startAt) last.endAt = endAt;
    else joined.push({ startAt, endAt });
  }
  return joined;
}

/** How many characters the public code of a broadcast has. */
export const broadcastCodeLength = 8;
