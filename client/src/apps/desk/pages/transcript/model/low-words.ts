export interface WordPlace {
  lineId: string;
  word: number;
}

interface Line {
  id: string;
  lowWords: readonly number[];
}

/** How many words are left of which the engine was not sure. */
export function countLow(lines: readonly Line[]): number {
  return lines.reduce((count, { lowWords }) => count + lowWords.length, 0);
}

/**
 * The next such word from a place on, or the one before it; `from` without a word: from the line's
 * beginning. Goes round at the end; `null` when there is none at all.
 */
export function stepLow(
  lines: readonly Line[],
  from: { lineId: string; word: number | null } | null,
  by: 1 | -1,
): WordPlace | null {
  const places = lines.flatMap(({ id, lowWords }, index) =>
    lowWords.map((word) => ({ lineId: id, index, word })),
  );
  const found = by === 1 ? places[0] : places.at(-1);
  if (!found) return null;
  const index = lines.findIndex(({ id }) => id === from?.lineId);
  if (!from || index < 0) return { lineId: found.lineId, word: found.word };
  const word = from.word ?? -1;
  const isAfter = (place: (typeof places)[number]) =>
    place.index > index || (place.index === index && place.word > word);
  const isBefore = (place: (typeof places)[number]) =>
    place.index < index || (place.index === index && place.word < word);
  const next = (by === 1 ? places.find(isAfter) : places.findLast(isBefore)) ?? found;
  return { lineId: next.lineId, word: next.word };
}
