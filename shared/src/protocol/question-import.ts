/** Questions collected beforehand, on a spreadsheet. */
import { z } from 'zod';
import { id } from './scalars.ts';

export const questionImportColumns = [
  'hall',
  'text',
  'district',
  'field',
  'asker',
  'visibility',
] as const;

export type QuestionImportColumn = (typeof questionImportColumns)[number];

export const questionImportErrorCodes = [
  'column_missing',
  'column_twice',
  'duplicate_text',
  'empty_file',
  'field_unknown',
  'hall_ambiguous',
  'hall_unknown',
  'limit_reached',
  'name_required',
  'not_text',
  'quote_not_closed',
  'too_long',
  'value_missing',
  'visibility_unknown',
] as const;

/** `line` counts from 1 in the file; `null` when the whole file is meant. */
export interface QuestionImportError {
  line: number | null;
  column: QuestionImportColumn | null;
  code: (typeof questionImportErrorCodes)[number];
  /** What stood there, shortened. */
  value?: string;
  /** For `duplicate_text`: the first line with it. */
  otherLine?: number;
  /** Names that may have been meant, nearest first. */
  suggestions?: string[];
}

/** What a row is alike to: an earlier line of the file, or a question that is there already. */
export interface AlikeHint {
  line: number | null;
  questionId: string | null;
  text: string;
  /** From 0 to 1. */
  score: number;
}

export interface QuestionImportRow {
  line: number;
  bridgePointName: string;
  district: string;
  field: string | null;
  text: string;
  asker: string | null;
  /** `present`: this very row was imported before, and is passed over. */
  outcome: 'new' | 'present';
  alike: AlikeHint | null;
}

/** What a file would do. `rows`, `alike` and `errors` are the first ones; `totals` count all. */
export interface QuestionImportPreviewBody {
  importId: string;
  /** The file's own name for each column found. */
  columns: Partial<Record<QuestionImportColumn, string>>;
  ignoredColumns: string[];
  rows: QuestionImportRow[];
  alike: QuestionImportRow[];
  errors: QuestionImportError[];
  totals: { rows: number; new: number; present: number; alike: number; errors: number };
}

/** Asked again and again until `done` is `total`: each time the next of the rows are imported. */
export const questionImportBody = z.strictObject({
  importId: id,
  /** Leaves out rows that are alike to something. */
  skipAlike: z.boolean(),
});

export interface QuestionsImportedBody {
  done: number;
  total: number;
}
