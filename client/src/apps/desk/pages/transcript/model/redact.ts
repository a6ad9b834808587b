import { tokensOf } from './pieces.ts';
import type { Span } from './pieces.ts';

/** Which words of the text a stretch touches. */
export function wordsIn(text: string, span: Span): number[] {
  return tokensOf(text).flatMap(({ start, end }, index) =>
    start < span.end && span.start < end ? [index] : [],
  );
}

/** The stretches that these words make; words beside each other are one, blanks between them too. */
export function spansOf(text: string, words: Iterable<number>): Span[] {
  const tokens = tokensOf(text);
  const spans: Span[] = [];
  let last = Number.NaN;
  for (const word of [...words].sort((a, b) => a - b)) {
    const token = tokens[word];
    if (!token) continue;
    if (word === last + 1) spans.at(-1)!.end = token.end;
    else spans.push({ ...token });
    last = word;
  }
  return spans;
}
