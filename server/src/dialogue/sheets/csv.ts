import { type Cell, plainText, type Sheet } from './sheet.ts';

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** One table as CSV (RFC 4180), with the byte order mark by which spreadsheets know UTF-8. */
export function toCsv({ columns, rows }: Sheet): string {
  const lines = [columns.map(({ head }) => head), ...rows];
  return `\uFEFF${lines.map((cells) => `${cells.map(field).join(',')}\r\n`).join('')}`;
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return moment.format(cell.at).replace(', ', ' ');
  const text = plainText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
