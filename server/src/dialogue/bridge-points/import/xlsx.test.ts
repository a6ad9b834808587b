import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { parseApart } from '../../tables/apart.ts';
import { readTable } from '../../tables/read-table.ts';
import { assertUnpacksWithin } from '../../tables/zip.ts';
import { type ParsedFile, parseTable } from './rows.ts';

const parse = (bytes: Uint8Array) =>
  parseApart<Uint8Array, ParsedFile>(new URL('./parse-thread.ts', import.meta.url), bytes);

const header = ['Mã', 'Tên điểm cầu', 'Quận/Huyện', 'Loại', 'Số người dự kiến'];

async function workbook(rows: ExcelJS.CellValue[][]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Điểm cầu').addRows(rows);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('a spreadsheet', () => {
  test('is read from its first sheet, formulas, rich text and links as text', async () => {
    const file = await workbook([
      header,
      [
        { text: 'ba-dinh-01', hyperlink: 'mailto:a@example.vn' },
        { richText: [{ text: 'Phường ' }, { text: 'Điện Biên', font: { bold: true } }] },
        'Ba Đình',
        'phường',
        { formula: '20+6', result: 26 },
      ],
      [],
      ['b', 'N', 'D', 'k', 1.5],
    ]);
    expect(parseTable(await readTable(file))).toMatchObject({
      rows: [{ code: 'ba-dinh-01', name: 'Phường Điện Biên', expectedAttendance: 26, line: 2 }],
      errors: [{ line: 4, column: 'expectedAttendance', code: 'bad_number', value: '1.5' }],
      totalRows: 2,
    });
  });

  test('of ten thousand rows is read in a thread of its own', { timeout: 90_000 }, async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [`p-${i}`, `Điểm ${i}`, 'D', 'k', 25]);
    const parsed = await parse(await workbook([header, ...rows]));
    expect(parsed.rows).toHaveLength(10_000);
  });

  test.each([
    ['cut off', async () => (await workbook([header])).slice(0, 900), 'damaged'],
    ['no spreadsheet inside', async () => archive(Buffer.from('x'), 1), 'format'],
    ['of 1997', async () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'old_excel'],
  ])('%s is refused', async (_name, make, reason) => {
    await expect(parse(await make())).rejects.toMatchObject({
      code: 'file_unreadable',
      details: { reason },
    });
  });
});

test('an archive that unpacks to more than it says is refused before it is unpacked', () => {
  const bomb = archive(Buffer.alloc(4_000_000), 10);
  expect(bomb.length).toBeLessThan(10_000);
  expect(() => assertUnpacksWithin(bomb, 1_000_000)).toThrow('too_large');
  expect(() => assertUnpacksWithin(bomb, 4_000_000)).not.toThrow();
});

/** A ZIP of one entry that claims to be `claimed` bytes long. */
function archive(content: Buffer, claimed: number): Uint8Array {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(1, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimed, 24);
  entry.writeUInt16LE(1, 28);
  const name = Buffer.from('a');
  const body = Buffer.concat([local, name, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + 1, 12);
  end.writeUInt32LE(body.length, 16);
  return new Uint8Array(Buffer.concat([body, entry, name, end]));
}
