/** What is wrong with a line of the file itself; `line` counts from 1. */
export interface TableError {
  line: number;
  column: null;
  code: 'not_text' | 'quote_not_closed';
}

/** A file's cells as text, whatever its format. `line` counts from 1 as an editor shows it. */
export interface Table {
  rows: { line: number; cells: string[] }[];
  /** What made single lines unreadable. */
  errors: TableError[];
}

/** The file as a whole is not a table that we can read. */
export class UnreadableFile extends Error {
  readonly reason: 'encoding' | 'format' | 'old_excel' | 'damaged' | 'too_large';

  constructor(reason: UnreadableFile['reason']) {
    super(`unreadable file: ${reason}`);
    this.name = 'UnreadableFile';
    this.reason = reason;
  }
}

/** Most rows that are read of a file: more than a city has halls, or a dialogue questions. */
export const maxRowsRead = 20_000;
