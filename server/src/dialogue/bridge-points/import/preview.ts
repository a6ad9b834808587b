import type { BridgePointInput } from '@nhip-cau/shared/protocol/bridge-points';
import type { ImportError, ImportPreviewBody, ImportRow } from '@nhip-cau/shared/protocol/http';
import type { BridgePoint } from '../../kernel/state.ts';
import { maxBridgePoints } from '../decide.ts';
import type { ParsedFile } from './rows.ts';

/** Rows and errors that a preview lists. */
export const maxRowsShown = 200;
export const maxErrorsShown = 500;

const compared = ['name', 'district', 'kind', 'expectedAttendance'] as const;

/** What the file would do to the dialogue's bridge points, keyed by code as they stand now. */
export function previewImport(
  parsed: ParsedFile,
  present: ReadonlyMap<string, BridgePoint>,
): Omit<ImportPreviewBody, 'importId'> {
  const rows: ImportRow[] = parsed.rows.map((row) => ({
    ...row,
    outcome: outcomeOf(row, present.get(row.code)),
  }));
  const count = (outcome: ImportRow['outcome']) =>
    rows.filter((row) => row.outcome === outcome).length;
  const added = count('new');
  const halls = [...present.values()].filter(({ isCentral }) => !isCentral).length;
  const errors = [
    ...limitErrors(parsed.totalRows, halls + added),
    ...parsed.errors,
    ...centralErrors(rows, present),
  ];
  return {
    columns: parsed.columns,
    ignoredColumns: parsed.ignoredColumns,
    rows: rows.slice(0, maxRowsShown),
    errors: errors.slice(0, maxErrorsShown),
    totals: {
      rows: parsed.totalRows,
      new: added,
      update: count('update'),
      same: count('same'),
      errors: errors.length,
    },
  };
}

function outcomeOf(row: BridgePointInput, present: BridgePoint | undefined): ImportRow['outcome'] {
  if (present === undefined) return 'new';
  return compared.every((field) => row[field] === present[field]) ? 'same' : 'update';
}

/** The head table's own place is no hall of the list. */
function centralErrors(
  rows: ImportRow[],
  present: ReadonlyMap<string, BridgePoint>,
): ImportError[] {
  return rows
    .filter((row) => present.get(row.code)?.isCentral)
    .map(({ line, code }) => ({ line, column: 'code', code: 'bad_code', value: code }));
}

function limitErrors(rows: number, total: number): ImportError[] {
  const most = Math.max(rows, total);
  if (most <= maxBridgePoints) return [];
  return [{ line: null, column: null, code: 'limit_reached', value: String(most) }];
}
