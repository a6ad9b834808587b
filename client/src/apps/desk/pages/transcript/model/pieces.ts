/** A stretch of a line's text, in UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
}

/** A stretch that looks the same all through: one word or part of it, or what stands between. */
export interface Piece extends Span {
  text: string;
  /** Which of the line's words it belongs to, `null` between words. */
  word: number | null;
  /** The engine was not sure of the word. */
  isLow: boolean;
  /** The redaction that hides it from other readers. */
  redactionId: string | null;
}

/** What stands between blanks. */
export function tokensOf(text: string): Span[] {
  return [...text.matchAll(/\S+/gu)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

/** Where each word stands in the text; `null` for one that is not there. */
export function placesOf(text: string, words: readonly { text: string }[]): (Span | null)[] {
  let from = 0;
  return words.map((word) => {
    const start = text.indexOf(word.text, from);
    if (word.text === '' || start < 0) return null;
    from = start + word.text.length;
    return { start, end: from };
  });
}

/**
 * The text cut where words and redactions begin and end. Without `words` (they come after the line)
 * each blank ends one.
 */
export function piecesOf(line: {
  text: string;
  words: readonly { text: string }[] | null;
  lowWords: readonly number[];
  redactions: readonly (Span & { id: string })[];
}): Piece[] {
  const { text, redactions } = line;
  const places = line.words ? placesOf(text, line.words) : tokensOf(text);
  const low = new Set(line.lowWords);
  const cuts = new Set([0, text.length]);
  for (const span of [...places, ...redactions]) {
    if (span) cuts.add(clamp(span.start, text)).add(clamp(span.end, text));
  }
  const bounds = [...cuts].sort((a, b) => a - b);
  let next = 0;
  return bounds.slice(0, -1).map((start, at) => {
    const end = bounds[at + 1]!;
    while (next < places.length && (places[next]?.end ?? 0) <= start) next += 1;
    const place = places[next];
    const word = place && place.start <= start && end <= place.end ? next : null;
    const redaction = redactions.find((one) => one.start <= start && end <= one.end);
    return {
      start,
      end,
      text: text.slice(start, end),
      word,
      isLow: word !== null && low.has(word),
      redactionId: redaction?.id ?? null,
    };
  });
}

/** The stretch without blanks at its ends; `null` when nothing is left. */
export function trimmed(text: string, { start, end }: Span): Span | null {
  const inside = text.slice(start, end);
  const from = start + (inside.length - inside.trimStart().length);
  const to = end - (inside.length - inside.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}

const clamp = (offset: number, text: string) => Math.min(Math.max(offset, 0), text.length);
