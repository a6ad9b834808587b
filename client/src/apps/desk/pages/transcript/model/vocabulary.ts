export interface Term {
  term: string;
  soundsLike: string[];
}

export interface Abbreviation {
  short: string;
  long: string;
}

/** Terms as one types them: one a line, `term: sounds like, sounds like`. */
export function readTerms(text: string): Term[] {
  return rows(text).map(({ head, rest }) => ({
    term: head,
    soundsLike: unique(rest.split(/[,;]/)),
  }));
}

export function writeTerms(terms: readonly Term[]): string {
  return terms
    .map(({ term, soundsLike }) =>
      soundsLike.length > 0 ? `${term}: ${soundsLike.join(', ')}` : term,
    )
    .join('\n');
}

/** Abbreviations one a line, `ubnd: Ủy ban nhân dân`; what is not told apart so is in `wrong`. */
export function readAbbreviations(text: string): {
  abbreviations: Abbreviation[];
  /** Counted from 1. */
  wrong: number[];
} {
  const found = rows(text);
  return {
    abbreviations: found
      .filter((row) => isAbbreviation(row))
      .map(({ head, rest }) => ({ short: head, long: rest })),
    wrong: found.filter((row) => !isAbbreviation(row)).map(({ number }) => number),
  };
}

export function writeAbbreviations(abbreviations: readonly Abbreviation[]): string {
  return abbreviations.map(({ short, long }) => `${short}: ${long}`).join('\n');
}

const isAbbreviation = ({ head, rest }: Row) => !/\s/.test(head) && rest !== '';

interface Row {
  number: number;
  head: string;
  rest: string;
}

/** Of lists copied from a table, too: a tab parts as `:` and `=` do. The last of a name holds. */
function rows(text: string): Row[] {
  const byHead = new Map<string, Row>();
  text.split('\n').forEach((line, index) => {
    const [head = '', ...rest] = line.normalize('NFC').split(/[:=\t]/);
    const row = { number: index + 1, head: tidy(head), rest: tidy(rest.join(' ')) };
    if (row.head !== '') byHead.set(row.head, row);
  });
  return [...byHead.values()];
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

const unique = (texts: readonly string[]) => [
  ...new Set(texts.map(tidy).filter((text) => text !== '')),
];
