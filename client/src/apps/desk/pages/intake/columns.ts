import type { QuestionImportColumn } from '@nhip-cau/shared/protocol/question-import';

/** The columns of a list of questions, in the order that the sample has them. */
export const sampleColumns = [
  'hall',
  'district',
  'text',
  'field',
  'asker',
  'visibility',
] as const satisfies readonly QuestionImportColumn[];

/** A CSV to fill in (RFC 4180), with the mark by which spreadsheets see UTF-8. */
export function sampleCsv(rows: readonly (readonly string[])[]): Blob {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((cells) => `${cells.map(cell).join(',')}\r\n`);
  return new Blob([`\u{FEFF}${lines.join('')}`], { type: 'text/csv;charset=utf-8' });
}
