import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { plainText, type Sheet } from './sheet.ts';
import { toXlsx } from './xlsx.ts';

const at = Date.UTC(2026, 10, 22, 1, 5, 9);

const sheet: Sheet = {
  name: 'Người dự',
  columns: [
    { head: 'Họ và tên', width: 30 },
    { head: 'Số', width: 8 },
    { head: 'Đến lúc', width: 20 },
  ],
  rows: [
    ['Nguyễn Thị "Hoa", thôn Đông', 12, { at }],
    ['=HYPERLINK("http://x.example")', -3, null],
  ],
};

describe('text in a cell', () => {
  it.each(['=1+1', '+84 912 345 678', '-2', '@SUM(A1)', '  =1', '\t=1', '\r=1', '"=1', '＝1+1'])(
    '%j cannot be taken for a formula',
    (text) => {
      expect(plainText(text)).toBe(`'${text}`);
    },
  );

  it.each(['Nguyễn Văn An', 'a=b', '', '100 %'])('%j stays as it is', (text) => {
    expect(plainText(text)).toBe(text);
  });
});

describe('a table', () => {
  it('is CSV with its mark, quotes doubled, times of the city and formulas tamed', () => {
    expect(toCsv(sheet)).toBe(
      '\uFEFFHọ và tên,Số,Đến lúc\r\n' +
        '"Nguyễn Thị ""Hoa"", thôn Đông",12,22/11/2026 08:05:09\r\n' +
        '"\'=HYPERLINK(""http://x.example"")",-3,\r\n',
    );
  });

  it('is a workbook with figures as figures, times as times and no formula', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await toXlsx([sheet])) as unknown as ExcelJS.Buffer);
    const [read] = workbook.worksheets;
    expect(read?.name).toBe('Người dự');
    expect(read?.getRow(2).getCell(2).value).toBe(12);
    expect(read?.getRow(2).getCell(3).value).toEqual(new Date('2026-11-22T08:05:09Z'));
    const hostile = read?.getRow(3).getCell(1);
    expect(hostile?.type).toBe(ExcelJS.ValueType.String);
    expect(hostile?.value).toBe('\'=HYPERLINK("http://x.example")');
  });
});
