import { readFileSync } from 'node:fs';
import type { ImportError } from '@nhip-cau/shared/protocol/http';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../tables/csv.ts';
import { previewImport } from './preview.ts';
import { parseTable } from './rows.ts';

const header = 'code,name,district,kind,expected_attendance';
const parse = (text: string | Uint8Array) =>
  parseTable(readCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text));

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const row = { code: 'ba-dinh-01', name: 'Phường Điện Biên', district: 'Ba Đình', kind: 'phường' };
const one = { ...row, expectedAttendance: 26, line: 2 };

describe('a file of bridge points is read as people save it', () => {
  const vietnamese = 'Mã;Tên điểm cầu;Quận/Huyện;Loại;Số người dự kiến';
  const cells = 'ba-dinh-01;Phường Điện Biên;Ba Đình;phường;26';
  const cases: [string, string | Uint8Array][] = [
    ['plain', `${header}\nba-dinh-01,Phường Điện Biên,Ba Đình,phường,26\n`],
    ['byte-order mark', `\uFEFF${header}\nba-dinh-01,Phường Điện Biên,Ba Đình,phường,26`],
    ['CRLF', `${header}\r\nba-dinh-01,Phường Điện Biên,Ba Đình,phường,26\r\n`],
    ['semicolons, Vietnamese', `${vietnamese}\n${cells}`],
    ['no diacritics', `ma;ten;quan huyen;loai;so nguoi du kien\n${cells}`],
    ['tabs, UTF-16', utf16(`${vietnamese}\r\n${cells}`.replaceAll(';', '\t'))],
    [
      'quotes',
      `"code","name",district,kind,expected\n"ba-dinh-01","Phường Điện Biên",Ba Đình,phường,"26"`,
    ],
    [
      'decomposed letters',
      `${header}\nba-dinh-01,Phường Điện Biên,Ba Đình,phường,26`.normalize('NFD'),
    ],
    ['capitals and spaces', `${header}\n BA-DINH-01 , Phường Điện Biên,Ba Đình ,phường, 26 `],
    [
      'another order',
      `kind,code,district,name,expected\nphường,ba-dinh-01,Ba Đình,Phường Điện Biên,26`,
    ],
  ];
  test.each(cases)('%s', (_name, text) => {
    expect(parse(text)).toMatchObject({ rows: [one], errors: [], totalRows: 1 });
  });

  test('Excel’s separator line is no row, and lines keep their numbers', () => {
    expect(parse(`sep=;\n${vietnamese}\n${cells}`).rows).toEqual([{ ...one, line: 3 }]);
  });

  test('a value of two lines and an empty line keep the numbers right', () => {
    const text = `${header}\na,"Nhà\nvăn hóa",B,c,1\n\nb,N,B,c,x\n`;
    expect(parse(text).errors).toEqual([
      { line: 2, column: 'name', code: 'not_text', value: 'Nhà\nvăn hóa' },
      { line: 5, column: 'expectedAttendance', code: 'bad_number', value: 'x' },
    ]);
  });

  test('thousands are read as people write them', () => {
    expect(parse(`${header.replaceAll(',', ';')}\na;N;D;k;1.200`).rows[0]).toMatchObject({
      expectedAttendance: 1200,
    });
  });

  test('unknown columns are named and left', () => {
    expect(parse(`${header},Ghi chú\na,N,D,k,1,xin chào`)).toMatchObject({
      ignoredColumns: ['Ghi chú'],
      errors: [],
    });
  });
});

describe('each fault has its line, its column and its code', () => {
  const cases: [string, string | Uint8Array, ImportError[]][] = [
    ['nothing', '', [{ line: null, column: null, code: 'empty_file' }]],
    ['only a heading', header, [{ line: null, column: null, code: 'empty_file' }]],
    [
      'a missing column',
      'code,name,kind,expected_attendance\na,N,k,1',
      [{ line: 1, column: 'district', code: 'column_missing' }],
    ],
    [
      'a column twice',
      `${header},tên\na,N,D,k,1,N`,
      [{ line: 1, column: 'name', code: 'column_twice', value: 'tên' }],
    ],
    [
      'a code twice',
      `${header}\na,N,D,k,1\nb,N,D,k,1\nA,N,D,k,1`,
      [{ line: 4, column: 'code', code: 'duplicate_code', value: 'a', otherLine: 2 }],
    ],
    ['no code', `${header}\n,N,D,k,1`, [{ line: 2, column: 'code', code: 'value_missing' }]],
    [
      'a bad code',
      `${header}\nĐiểm 1,N,D,k,1`,
      [{ line: 2, column: 'code', code: 'bad_code', value: 'Điểm 1' }],
    ],
    [
      'half a person',
      `${header}\na,N,D,k,1.5`,
      [{ line: 2, column: 'expectedAttendance', code: 'bad_number', value: '1.5' }],
    ],
    [
      'too many people',
      `${header}\na,N,D,k,100001`,
      [{ line: 2, column: 'expectedAttendance', code: 'bad_number', value: '100001' }],
    ],
    [
      'too long',
      `${header}\na,N,D,${'k'.repeat(41)},1`,
      [{ line: 2, column: 'kind', code: 'too_long', value: 'k'.repeat(41) }],
    ],
    [
      'a value too many',
      `${header}\na,N,D,k,1,thừa`,
      [{ line: 2, column: null, code: 'extra_value', value: 'thừa' }],
    ],
    [
      'an open quote',
      `${header}\na,N,D,k,1\nb,"N,D,k,1\nc,N,D,k,1`,
      [{ line: 3, column: null, code: 'quote_not_closed' }],
    ],
    [
      'a broken byte',
      Buffer.concat([Buffer.from(`${header}\na,N`), Buffer.from([0xe1]), Buffer.from(',D,k,1\n')]),
      [{ line: 2, column: null, code: 'not_text' }],
    ],
  ];
  test.each(cases)('%s', (_name, text, errors) => {
    expect(parse(text).errors).toEqual(errors);
  });

  test('another encoding or a picture is no table', () => {
    const tcvn = Buffer.from(`${header}\n${'a,Ph­êng,Ba §×nh,ph­êng,1\n'.repeat(9)}`, 'latin1');
    expect(() => parse(tcvn)).toThrow('encoding');
    expect(() => parse(new Uint8Array([0x89, 0x50, 0, 1]))).toThrow('encoding');
  });
});

describe('the preview', () => {
  const present = new Map([
    ['a', { code: 'a', name: 'N', district: 'D', kind: 'k', expectedAttendance: 1 }],
    ['b', { code: 'b', name: 'N', district: 'D', kind: 'k', expectedAttendance: 1 }],
  ]) as unknown as Parameters<typeof previewImport>[1];

  test('tells what is new, changed and the same', () => {
    const preview = previewImport(parse(`${header}\na,N,D,k,1\nb,N,D,k,2\nc,N,D,k,3`), present);
    expect(preview.rows.map(({ outcome }) => outcome)).toEqual(['same', 'update', 'new']);
    expect(preview.totals).toEqual({ rows: 3, new: 1, update: 1, same: 1, errors: 0 });
  });

  test('of ten thousand rows says that they are too many', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `p-${i},Điểm cầu ${i},D,k,25`);
    const preview = previewImport(parse([header, ...lines].join('\n')), new Map());
    expect(preview.errors).toEqual([
      { line: null, column: null, code: 'limit_reached', value: '10000' },
    ]);
    expect(preview.rows).toHaveLength(200);
    expect(preview.totals).toMatchObject({ rows: 10_000, errors: 1 });
  });

  test('of ten thousand bad rows lists the first ones and counts all', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `p-${i},Điểm cầu ${i},D,k,?`);
    const preview = previewImport(parse([header, ...lines].join('\n')), new Map());
    expect(preview.errors).toHaveLength(500);
    expect(preview.totals.errors).toBe(10_001);
  });

  test('of a whole city has no error', () => {
    const file = readFileSync(
      new URL('../../../../test/fixtures/bridge-points-579.csv', import.meta.url),
    );
    const preview = previewImport(parse(file), new Map());
    expect(preview.totals).toEqual({ rows: 579, new: 579, update: 0, same: 0, errors: 0 });
  });
});
