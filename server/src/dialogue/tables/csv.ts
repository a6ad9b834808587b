import { CsvError, type Info, parse } from 'csv-parse/sync';
import { maxRowsRead, type Table, type TableError, UnreadableFile } from './table.ts';

/**
 * Reads a CSV file (RFC 4180) as spreadsheets write it: UTF-8 with or without a byte-order mark,
 * UTF-16 with one, `,` `;` or tab between values, CRLF or LF. Throws `UnreadableFile`.
 */
export function readCsv(bytes: Uint8Array): Table {
  const { text, skippedLines } = withoutSeparatorLine(decode(bytes));
  const errors: TableError[] = [];
  const unreadable = new Set<number>();
  if (text.includes('\uFFFD')) {
    text.split(/\r\n|\n|\r/).forEach((line, index) => {
      if (line.includes('\uFFFD')) unreadable.add(index + 1 + skippedLines);
    });
  }
  const rows: Table['rows'] = [];
  let previousEnd = 0;
  for (const { info, record } of records(text, detectDelimiter(text), skippedLines, errors)) {
    const line = previousEnd + 1 + skippedLines;
    previousEnd = info.lines;
    if (record.every((cell) => cell.trim() === '')) continue;
    if (rows.length === maxRowsRead) break;
    rows.push({ line, cells: record });
  }
  for (const line of unreadable) errors.push({ line, column: null, code: 'not_text' });
  return { rows, errors };
}

function records(
  text: string,
  delimiter: string,
  skippedLines: number,
  errors: TableError[],
): { info: Info; record: string[] }[] {
  try {
    return parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as unknown as { info: Info; record: string[] }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') throw new UnreadableFile('format');
    // Everything after an open quote is one value: the line named is where it was opened.
    errors.push({
      line: openQuoteLine(text) + skippedLines,
      column: null,
      code: 'quote_not_closed',
    });
    return [];
  }
}

/** Line, from 1, of the last quote that opens a value and has no partner. */
function openQuoteLine(text: string): number {
  let line = 1;
  let openedAt = 1;
  let isOpen = false;
  for (const character of text) {
    if (character === '\n') line += 1;
    if (character !== '"') continue;
    isOpen = !isOpen;
    if (isOpen) openedAt = line;
  }
  return openedAt;
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes);
  if (bytes.includes(0)) throw new UnreadableFile('encoding');
  const text = new TextDecoder('utf-8').decode(bytes);
  // A file in another encoding is wrong in every other line; a damaged one only here and there.
  const lines = text.split('\n');
  const broken = lines.filter((line) => line.includes('\uFFFD')).length;
  if (broken > 3 && broken * 2 > lines.length) throw new UnreadableFile('encoding');
  return text;
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile('encoding');
  }
}

/** Excel's own first line `sep=;` says what stands between values and is no row. */
function withoutSeparatorLine(text: string): { text: string; skippedLines: number } {
  const match = /^sep=.\r?\n/i.exec(text);
  return match ? { text: text.slice(match[0].length), skippedLines: 1 } : { text, skippedLines: 0 };
}

function detectDelimiter(text: string): string {
  const header = (/^.*\S.*$/m.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (character: string) => header.split(character).length - 1;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
