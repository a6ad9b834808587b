interface Timed {
  startMs: number;
  endMs: number;
}

interface HeardLine {
  id: string;
  audio: (Timed & { runId: string }) | null;
}

/** Lines of one run's sound in the order in which they are heard. */
export function heardIn<Line extends HeardLine>(lines: readonly Line[], runId: string): Line[] {
  return lines
    .filter(({ audio }) => audio?.runId === runId)
    .sort((a, b) => a.audio!.startMs - b.audio!.startMs);
}

/** The last one that begins at or before `ms`, wherever it ends: pauses are the one's before. */
export function lastBegun<One>(
  ones: readonly One[],
  ms: number,
  startOf: (one: One) => number,
): number | null {
  let low = 0;
  let high = ones.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(ones[middle]!) <= ms) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : low - 1;
}

/** The word that is spoken `ms` after its line began; `null` before the first and in a pause. */
export function wordAt(words: readonly Timed[], ms: number): number | null {
  const index = lastBegun(words, ms, ({ startMs }) => startMs);
  return index !== null && ms < words[index]!.endMs + pauseMs ? index : null;
}

/** Between words of one breath the last one stays lit. */
const pauseMs = 250;
/** A little of what was said before a place helps to hear it. */
const leadMs = 120;

/** Where in the run's sound (ms) to begin so that one hears this word; the line, without a word. */
export function placeOf(
  audio: Timed,
  words: readonly Timed[] | null | undefined,
  word: number | null,
): number {
  const startMs = word === null ? 0 : (words?.[word]?.startMs ?? 0);
  return Math.max(0, audio.startMs + startMs - leadMs);
}

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The next slower or faster one. */
export function stepSpeed(speed: number, by: 1 | -1): number {
  const index = speeds.findIndex((one) => one === speed);
  return speeds[Math.min(Math.max((index < 0 ? 2 : index) + by, 0), speeds.length - 1)]!;
}
