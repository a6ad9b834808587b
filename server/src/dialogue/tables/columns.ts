import { fold } from '@nhip-cau/shared/model/text';

/** What is wrong with the first row of a file. */
export interface HeadError<Column extends string> {
  line: number;
  column: Column;
  code: 'column_missing' | 'column_twice';
  value?: string;
}

export interface FoundColumns<Column extends string> {
  /** Index of each column's cells. */
  at: Partial<Record<Column, number>>;
  /** The file's own name for each column found. */
  columns: Partial<Record<Column, string>>;
  ignoredColumns: string[];
  errors: HeadError<Column>[];
}

/** Headings of each column, folded, letters and digits only: "Quận/Huyện" is `quanhuyen`. */
export type Headings<Column extends string> = Record<Column, readonly string[]>;

/** Finds the columns by the file's first row, diacritics or not, in whatever order they stand. */
export function findColumns<Column extends string>(
  header: { line: number; cells: string[] },
  headings: Headings<Column>,
  required: readonly Column[],
): FoundColumns<Column> {
  const names = Object.keys(headings) as Column[];
  const found: FoundColumns<Column> = { at: {}, columns: {}, ignoredColumns: [], errors: [] };
  header.cells.forEach((cell, index) => {
    const heading = cell.trim();
    if (heading === '') return;
    const folded = fold(heading).replace(/[^a-z0-9]/g, '');
    const value = heading.slice(0, 80);
    const column = names.find((name) => headings[name].includes(folded));
    if (column === undefined) {
      found.ignoredColumns.push(value);
    } else if (found.at[column] !== undefined) {
      found.errors.push({ line: header.line, column, code: 'column_twice', value });
    } else {
      found.at[column] = index;
      found.columns[column] = value;
    }
  });
  for (const column of required) {
    if (found.at[column] === undefined) {
      found.errors.push({ line: header.line, column, code: 'column_missing' });
    }
  }
  return found;
}
