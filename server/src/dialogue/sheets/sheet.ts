/** A cell of a table that people keep: text, a figure, a moment (epoch ms), or nothing. */
export type Cell = string | number | { at: number } | null;

export interface Sheet {
  name: string;
  columns: { head: string; /** In characters. */ width: number }[];
  rows: Cell[][];
}

/** What spreadsheets take for the beginning of a formula, also after blanks and in full width. */
const formulaStart = /^[\s'"]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * Text that a spreadsheet shows and never computes: names and reasons are typed by anybody (OWASP,
 * "CSV Injection").
 */
export function plainText(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}
