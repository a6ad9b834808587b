import ExcelJS from 'exceljs';
import { maxRowsRead, type Table, UnreadableFile } from './table.ts';
import { assertUnpacksWithin } from './zip.ts';

const maxColumnsRead = 60;

/** Reads the first sheet of an XLSX file; formulas as their results. Throws `UnreadableFile`. */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  assertUnpacksWithin(bytes);
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch {
    throw new UnreadableFile('damaged');
  }
  const sheet = workbook.worksheets[0];
  if (sheet === undefined) throw new UnreadableFile('format');
  const rows: Table['rows'] = [];
  sheet.eachRow((row, line) => {
    if (rows.length > maxRowsRead) return;
    const cells: string[] = [];
    for (let column = 1; column <= Math.min(row.cellCount, maxColumnsRead); column++) {
      cells.push(textOf(row.getCell(column).value));
    }
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
  });
  return { rows, errors: [] };
}

function textOf(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return textOf(value.text as ExcelJS.CellValue);
  if ('result' in value) return textOf(value.result as ExcelJS.CellValue);
  return '';
}
