import { readCsv } from './csv.ts';
import { type ParsedFile, parseTable } from './rows.ts';
import { UnreadableFile } from './table.ts';
import { readXlsx } from './xlsx.ts';

/** Longest file that is taken, in bytes. */
export const maxFileBytes = 5 * 1024 * 1024;

const zip = [0x50, 0x4b];
const oldExcel = [0xd0, 0xcf, 0x11, 0xe0];

/** Reads a file of bridge points, CSV or XLSX by its first bytes. Throws `UnreadableFile`. */
export async function parseFile(bytes: Uint8Array): Promise<ParsedFile> {
  if (beginsWith(bytes, oldExcel)) throw new UnreadableFile('old_excel');
  return parseTable(beginsWith(bytes, zip) ? await readXlsx(bytes) : readCsv(bytes));
}

const beginsWith = (bytes: Uint8Array, start: number[]) =>
  start.every((byte, index) => bytes[index] === byte);
