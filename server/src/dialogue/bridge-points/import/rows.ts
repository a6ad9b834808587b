import { type BridgePointInput, bridgePointInput } from '@nhip-cau/shared/protocol/bridge-points';
import { type ImportColumn, type ImportError, importColumns } from '@nhip-cau/shared/protocol/http';
import { type FoundColumns, findColumns } from './columns.ts';
import type { Table } from '../../tables/table.ts';

export interface ParsedRow extends BridgePointInput {
  line: number;
}

export interface ParsedFile extends Pick<FoundColumns, 'columns' | 'ignoredColumns'> {
  /** Rows without an error. */
  rows: ParsedRow[];
  /** In order of their lines. */
  errors: ImportError[];
  /** Rows under the heading, good and bad. */
  totalRows: number;
}

/** The table's rows as bridge points, with an error for each cell that is none. */
export function parseTable(table: Table): ParsedFile {
  const [header, ...body] = table.rows;
  if (header === undefined) {
    const errors: ImportError[] =
      table.errors.length > 0 ? table.errors : [{ line: null, column: null, code: 'empty_file' }];
    return { columns: {}, ignoredColumns: [], rows: [], errors, totalRows: 0 };
  }
  const { at, columns, ignoredColumns, errors: headerErrors } = findColumns(header);
  const parsed = { columns, ignoredColumns, totalRows: body.length };
  if (headerErrors.length > 0) return { ...parsed, rows: [], errors: headerErrors };

  const errors: ImportError[] = [...table.errors];
  if (body.length === 0) errors.push({ line: null, column: null, code: 'empty_file' });
  const rows: ParsedRow[] = [];
  const lineByCode = new Map<string, number>();
  for (const { line, cells } of body) {
    const row = parseRow(line, cells, header.cells.length, at, errors);
    if (row === null) continue;
    const otherLine = lineByCode.get(row.code);
    if (otherLine === undefined) {
      lineByCode.set(row.code, line);
      rows.push(row);
    } else {
      errors.push({ line, column: 'code', code: 'duplicate_code', value: row.code, otherLine });
    }
  }
  errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ...parsed, rows, errors };
}

function parseRow(
  line: number,
  cells: string[],
  width: number,
  at: FoundColumns['at'],
  errors: ImportError[],
): ParsedRow | null {
  const before = errors.length;
  const values: Partial<Record<ImportColumn, unknown>> = {};
  const extra = cells.slice(width).find((cell) => cell.trim() !== '');
  if (extra !== undefined) {
    errors.push({ line, column: null, code: 'extra_value', value: shorten(extra) });
  }
  for (const column of importColumns) {
    const text = (cells[at[column]!] ?? '').trim();
    const value = readValue(column, text);
    const result = value === null ? null : bridgePointInput.shape[column].safeParse(value);
    if (result?.success) values[column] = result.data;
    else errors.push({ line, column, ...faultOf(column, text) });
  }
  return errors.length > before ? null : { line, ...(values as BridgePointInput) };
}

function readValue(column: ImportColumn, text: string): string | number | null {
  if (text === '') return null;
  if (column === 'code') return text.toLowerCase();
  if (column !== 'expectedAttendance') return text;
  // "1.200" and "1,200" are how people write twelve hundred; "1.5" is no number of people.
  const digits = /^\d{1,3}([.,\u00A0 ]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

const maxLengths: Partial<Record<ImportColumn, number>> = {
  code: 40,
  name: 160,
  district: 80,
  kind: 40,
};

function faultOf(column: ImportColumn, text: string): Pick<ImportError, 'code' | 'value'> {
  if (text === '') return { code: 'value_missing' };
  const value = shorten(text);
  if (text.length > (maxLengths[column] ?? Infinity)) return { code: 'too_long', value };
  if (column === 'code') return { code: 'bad_code', value };
  if (column === 'expectedAttendance') return { code: 'bad_number', value };
  return { code: 'not_text', value };
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
