import { fold } from '@nhip-cau/shared/model/text';
import { type ImportColumn, type ImportError, importColumns } from '@nhip-cau/shared/protocol/http';

/** Headings of a column, folded, letters only: "Quận/Huyện" is `quanhuyen`. */
const headings: Record<ImportColumn, readonly string[]> = {
  code: ['code', 'ma', 'madiemcau', 'madonvi'],
  name: ['name', 'ten', 'tendiemcau', 'diemcau', 'tendonvi'],
  district: ['district', 'quanhuyen', 'quanhuyenthixa', 'quan', 'huyen', 'diaban', 'khuvuc'],
  kind: ['kind', 'type', 'loai', 'loaihinh', 'loaidiemcau', 'loaidonvi'],
  expectedAttendance: [
    'expectedattendance',
    'expected',
    'attendance',
    'songuoidukien',
    'songuoiduhopdukien',
    'songuoidudukien',
    'songuoi',
    'soluongdukien',
    'dukien',
  ],
};

export interface FoundColumns {
  /** Index of each column's cells. */
  at: Partial<Record<ImportColumn, number>>;
  columns: Partial<Record<ImportColumn, string>>;
  ignoredColumns: string[];
  errors: ImportError[];
}

/** Finds the columns by the file's first row, in English or Vietnamese, diacritics or not. */
export function findColumns(header: { line: number; cells: string[] }): FoundColumns {
  const found: FoundColumns = { at: {}, columns: {}, ignoredColumns: [], errors: [] };
  header.cells.forEach((cell, index) => {
    const heading = cell.trim();
    if (heading === '') return;
    const folded = fold(heading).replace(/[^a-z0-9]/g, '');
    const column = importColumns.find((name) => headings[name].includes(folded));
    if (column === undefined) {
      found.ignoredColumns.push(heading.slice(0, 80));
    } else if (found.at[column] !== undefined) {
      const value = heading.slice(0, 80);
      found.errors.push({ line: header.line, column, code: 'column_twice', value });
    } else {
      found.at[column] = index;
      found.columns[column] = heading.slice(0, 80);
    }
  });
  for (const column of importColumns) {
    if (found.at[column] === undefined) {
      found.errors.push({ line: header.line, column, code: 'column_missing' });
    }
  }
  return found;
}
