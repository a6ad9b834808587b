import { readCsv } from './csv.ts';
import { type Table, UnreadableFile } from './table.ts';
import { readXlsx } from './xlsx.ts';

/** Longest file that is taken, in bytes. */
export const maxTableBytes = 5 * 1024 * 1024;

const zip = [0x50, 0x4b];
const oldExcel = [0xd0, 0xcf, 0x11, 0xe0];

/** Reads a table, CSV or XLSX by the file's first bytes. Throws `UnreadableFile`. */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (beginsWith(bytes, oldExcel)) throw new UnreadableFile('old_excel');
  return beginsWith(bytes, zip) ? readXlsx(bytes) : readCsv(bytes);
}

const beginsWith = (bytes: Uint8Array, start: number[]) =>
  start.every((byte, index) => bytes[index] === byte);
