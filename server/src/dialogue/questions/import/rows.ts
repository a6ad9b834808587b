import type { NameVisibility } from '@nhip-cau/shared/model/questions';
import { fold } from '@nhip-cau/shared/model/text';
import type { NamePolicy } from '@nhip-cau/shared/model/session';
import type {
  QuestionImportColumn,
  QuestionImportError,
} from '@nhip-cau/shared/protocol/question-import';
import { maxQuestionLength, questionCommands } from '@nhip-cau/shared/protocol/questions';
import { type FoundColumns, findColumns } from '../../tables/columns.ts';
import type { Table } from '../../tables/table.ts';
import { headings, requiredColumns, visibilities } from './columns.ts';
import { type Hall, HallNames, label, nearest } from './halls.ts';

/** What a list is read against. */
export interface ImportContext {
  halls: readonly Hall[];
  fields: readonly string[];
  namePolicy: NamePolicy;
}

export interface ParsedQuestion {
  line: number;
  hall: Hall;
  field: string | null;
  text: string;
  asker: string | null;
  nameVisibility: NameVisibility;
}

export interface ParsedQuestions extends Pick<
  FoundColumns<QuestionImportColumn>,
  'columns' | 'ignoredColumns'
> {
  /** Rows without an error. */
  rows: ParsedQuestion[];
  /** In order of their lines. */
  errors: QuestionImportError[];
  /** Rows under the heading, good and bad. */
  totalRows: number;
}

/** Most questions of one list; more in one dialogue nobody could hear. */
export const maxRows = 5_000;

const { text: textSchema, asker: askerSchema } =
  questionCommands['question.import'].shape.questions.element.shape;

/** The table's rows as questions, with an error for each cell that is none. */
export function parseQuestions(table: Table, context: ImportContext): ParsedQuestions {
  const [header, ...body] = table.rows;
  const empty: QuestionImportError = { line: null, column: null, code: 'empty_file' };
  if (header === undefined) {
    const errors = table.errors.length > 0 ? [...table.errors] : [empty];
    return { columns: {}, ignoredColumns: [], rows: [], errors, totalRows: 0 };
  }
  const {
    at,
    columns,
    ignoredColumns,
    errors: headErrors,
  } = findColumns(header, headings, requiredColumns);
  const parsed = { columns, ignoredColumns, totalRows: body.length };
  if (headErrors.length > 0) return { ...parsed, rows: [], errors: headErrors };
  const errors: QuestionImportError[] = [...table.errors];
  if (body.length === 0) errors.push(empty);
  if (body.length > maxRows) {
    const value = String(body.length);
    return {
      ...parsed,
      rows: [],
      errors: [{ line: null, column: null, code: 'limit_reached', value }],
    };
  }
  const reader = new RowReader(context, errors);
  const rows = body.flatMap(({ line, cells }) => {
    const cell = (column: QuestionImportColumn) => (cells[at[column] ?? -1] ?? '').trim();
    return reader.read(line, cell) ?? [];
  });
  errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ...parsed, rows, errors };
}

class RowReader {
  private readonly context: ImportContext;
  private readonly errors: QuestionImportError[];
  private readonly halls: HallNames;
  private readonly fields: Map<string, string>;
  private readonly lineByText = new Map<string, number>();

  constructor(context: ImportContext, errors: QuestionImportError[]) {
    this.context = context;
    this.errors = errors;
    this.halls = new HallNames(context.halls);
    this.fields = new Map(context.fields.map((field) => [fold(field), field]));
  }

  read(line: number, cell: (column: QuestionImportColumn) => string): ParsedQuestion | null {
    const before = this.errors.length;
    const hall = this.hall(line, cell('hall'), cell('district'));
    const text = this.text(line, cell('text'));
    const field = this.field(line, cell('field'));
    const asker = this.asker(line, cell('asker'));
    const nameVisibility = this.visibility(line, cell('visibility'), asker);
    if (this.errors.length > before || hall === null || text === null) return null;
    const key = JSON.stringify([hall.id, fold(text), asker]);
    const otherLine = this.lineByText.get(key);
    if (otherLine !== undefined) {
      return this.fail({
        line,
        column: 'text',
        code: 'duplicate_text',
        value: shorten(text),
        otherLine,
      });
    }
    this.lineByText.set(key, line);
    return { line, hall, field, text, asker, nameVisibility };
  }

  private hall(line: number, name: string, district: string): Hall | null {
    const column = 'hall';
    if (name === '') return this.fail({ line, column, code: 'value_missing' });
    const [hall, ...others] = this.halls.named(name, district === '' ? null : district);
    const value = shorten(name);
    if (hall === undefined) {
      const suggestions = this.halls.suggestions(name);
      return this.fail({ line, column, code: 'hall_unknown', value, suggestions });
    }
    if (others.length === 0) return hall;
    const suggestions = [hall, ...others].slice(0, 3).map(label);
    return this.fail({ line, column, code: 'hall_ambiguous', value, suggestions });
  }

  private text(line: number, text: string): string | null {
    const column = 'text';
    if (text === '') return this.fail({ line, column, code: 'value_missing' });
    const value = shorten(text);
    if (text.length > maxQuestionLength)
      return this.fail({ line, column, code: 'too_long', value });
    const read = textSchema.safeParse(text);
    return read.success ? read.data : this.fail({ line, column, code: 'not_text', value });
  }

  private field(line: number, name: string): string | null {
    if (name === '') return null;
    const field = this.fields.get(fold(name));
    if (field !== undefined) return field;
    const names = [...this.fields].map(([key, shown]) => ({ key, shown }));
    const suggestions = nearest(name, names);
    const value = shorten(name);
    return this.fail({ line, column: 'field', code: 'field_unknown', value, suggestions });
  }

  private asker(line: number, name: string): string | null {
    const column = 'asker';
    if (name === '') {
      if (this.context.namePolicy !== 'required') return null;
      return this.fail({ line, column, code: 'name_required' });
    }
    const value = shorten(name);
    if (name.length > 120) return this.fail({ line, column, code: 'too_long', value });
    const read = askerSchema.safeParse(name);
    return read.success ? read.data : this.fail({ line, column, code: 'not_text', value });
  }

  private visibility(line: number, word: string, asker: string | null): NameVisibility {
    // Collected for the organiser: nobody asked for more to be shown.
    if (word === '') return asker === null ? 'none' : 'desk';
    const found = (Object.keys(visibilities) as NameVisibility[]).find((name) =>
      visibilities[name].includes(fold(word)),
    );
    if (found !== undefined) return found;
    this.fail({ line, column: 'visibility', code: 'visibility_unknown', value: shorten(word) });
    return 'none';
  }

  private fail(error: QuestionImportError): null {
    this.errors.push(error);
    return null;
  }
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
