export interface FindOptions {
  /** Letters as they are written, `Đất` apart from `đất`. */
  matchCase: boolean;
  /** Diacritics as they are written; without it `dat` finds `đất`. */
  matchMarks: boolean;
  /** Not inside a longer word: `an` does not find `ban`. */
  wholeWords: boolean;
}

export interface Hit {
  lineId: string;
  start: number;
  end: number;
}

interface Line {
  id: string;
  text: string;
  revision: number;
}

const marks = /\p{Mn}/gu;
const wordCharacter = /[\p{L}\p{N}\p{Mn}]/u;

/** The text as it is compared, with the place in the original of each of its characters. */
function comparable(text: string, { matchCase, matchMarks }: FindOptions) {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    let as = character;
    if (!matchMarks) as = as.normalize('NFD').replace(marks, '').replace('đ', 'd');
    if (!matchMarks) as = as.replace('Đ', 'D');
    if (!matchCase) as = as.toLowerCase();
    folded += as;
    for (let i = 0; i < as.length; i += 1) places.push(at);
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** Where the text has what is sought, from left to right and not overlapping. */
export function findIn(text: string, sought: string, options: FindOptions): Omit<Hit, 'lineId'>[] {
  const needle = comparable(sought.normalize('NFC'), options).folded;
  if (needle.trim() === '') return [];
  const { folded, places } = comparable(text, options);
  const hits: Omit<Hit, 'lineId'>[] = [];
  let from = folded.indexOf(needle);
  while (from >= 0) {
    const to = from + needle.length;
    const isInside =
      wordCharacter.test(folded.charAt(from - 1)) || wordCharacter.test(folded.charAt(to));
    const isTaken = !options.wholeWords || !isInside;
    if (isTaken) hits.push({ start: places[from]!, end: places[to]! });
    from = folded.indexOf(needle, isTaken ? to : from + 1);
  }
  return hits;
}

export function findAll(
  lines: readonly Pick<Line, 'id' | 'text'>[],
  sought: string,
  options: FindOptions,
): Hit[] {
  return lines.flatMap(({ id, text }) =>
    findIn(text, sought, options).map((hit) => ({ lineId: id, ...hit })),
  );
}

export const keyOf = ({ lineId, start }: Hit): string => `${lineId} ${start}`;

/** The text with these stretches replaced. */
export function replaced(
  text: string,
  hits: readonly Omit<Hit, 'lineId'>[],
  replacement: string,
): string {
  const ordered = [...hits].sort((a, b) => b.start - a.start);
  return ordered.reduce(
    (now, { start, end }) => now.slice(0, start) + replacement + now.slice(end),
    text,
  );
}

/** What `transcript.replace` is given: each line with a hit that is replaced, as it will be. */
export function changesOf(
  lines: readonly Line[],
  hits: readonly Hit[],
  replacement: string,
): { lineId: string; revision: number; text: string }[] {
  const byLine = Map.groupBy(hits, ({ lineId }) => lineId);
  return lines.flatMap(({ id, text, revision }) => {
    const found = byLine.get(id);
    if (!found) return [];
    const after = replaced(text, found, replacement).trim();
    return after === text || after === '' ? [] : [{ lineId: id, revision, text: after }];
  });
}
