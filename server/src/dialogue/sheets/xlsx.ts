import ExcelJS from 'exceljs';
import { type Cell, plainText, type Sheet } from './sheet.ts';

/** Spreadsheets know no time zones: a moment is written as the city's clock showed it. */
const cityOffsetMs = 7 * 3_600_000;

/** The tables as one XLSX workbook, a sheet each, their heads frozen and filtered. */
export async function toXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const { name, columns, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map(({ head, width }) => ({ header: head, width }));
    sheet.getRow(1).font = { bold: true };
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
    for (const cells of rows) {
      const row = sheet.addRow(cells.map(valueOf));
      cells.forEach((cell, index) => {
        if (isMoment(cell)) row.getCell(index + 1).numFmt = 'dd/mm/yyyy hh:mm:ss';
      });
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function valueOf(cell: Cell): ExcelJS.CellValue {
  if (typeof cell === 'string') return plainText(cell);
  return isMoment(cell) ? new Date(cell.at + cityOffsetMs) : cell;
}

function isMoment(cell: Cell): cell is { at: number } {
  return typeof cell === 'object' && cell !== null;
}
