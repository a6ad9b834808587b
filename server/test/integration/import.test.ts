import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestEngine, settings, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let admin: Browser;
let path: string;
let dialogueId: string;
const clock = { now: Date.now() };
const city = readFileSync(new URL('../fixtures/bridge-points-579.csv', import.meta.url));
const header = 'code,name,district,kind,expected_attendance';

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine, { clock });
  admin = await administrator('quan-tri');
});
beforeEach(async () => {
  clock.now = Date.now();
  dialogueId = randomUUID();
  path = `/api/dialogues/${dialogueId}/imports`;
  await admin.post('/api/dialogues', { commandId: randomUUID(), dialogueId, settings });
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

async function administrator(username: string): Promise<Browser> {
  const accountId = randomUUID();
  const input = { id: accountId, username, displayName: 'Quản trị', isAdmin: true };
  await http.accounts.createWithoutPassword(input);
  return http.browser().enter({ kind: 'staff', accountId });
}

const file = (text: string) => new TextEncoder().encode(text);
const halls = async () => (await engine.engine.read(dialogueId))!.bridgePoints.size - 1;

describe('a list of halls', () => {
  test('of a whole city is shown, confirmed once, and the same at the next time', async () => {
    const { body: preview } = await admin.post(path, new Uint8Array(city));
    expect(preview.totals).toEqual({ rows: 579, new: 579, update: 0, same: 0, errors: 0 });
    expect(preview.rows).toHaveLength(200);
    expect(preview.rows[0]).toMatchObject({ line: 2, code: 'ba-dinh-01', outcome: 'new' });
    expect(await halls()).toBe(0);
    const confirm = { importId: preview.importId, commandId: randomUUID() };
    const { body: imported } = await admin.post(`${path}/confirm`, confirm);
    expect(imported.imported).toBe(579);
    expect((await admin.post(`${path}/confirm`, confirm)).body).toEqual(imported);
    expect(await halls()).toBe(579);
    const again = await admin.post(path, new Uint8Array(city));
    expect(again.body.totals).toMatchObject({ new: 0, same: 579 });
  });

  test('from a spreadsheet in Vietnamese', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Điểm cầu').addRows([
      ['Mã', 'Tên', 'Quận/Huyện', 'Loại', 'Số người dự kiến', 'Ghi chú'],
      ['soc-son-01', 'Điểm cầu xã Nam Sơn', 'Sóc Sơn', 'xã', 32, 'có loa'],
    ]);
    const { body } = await admin.post(path, new Uint8Array(await book.xlsx.writeBuffer()));
    expect(body).toMatchObject({
      rows: [{ code: 'soc-son-01', expectedAttendance: 32, outcome: 'new' }],
      columns: { district: 'Quận/Huyện' },
      ignoredColumns: ['Ghi chú'],
      errors: [],
    });
  });

  test('with errors is shown with them, and imports nothing', async () => {
    const { body } = await admin.post(path, file(`${header}\na,N,D,k,1\na,N,D,k,hai\nb,N,D,k,-1`));
    expect(body.errors).toEqual([
      { line: 3, column: 'expectedAttendance', code: 'bad_number', value: 'hai' },
      { line: 4, column: 'expectedAttendance', code: 'bad_number', value: '-1' },
    ]);
    const confirm = { importId: body.importId, commandId: randomUUID() };
    expect((await admin.post(`${path}/confirm`, confirm)).body).toEqual({
      error: { code: 'import_has_errors', details: { errors: 2 } },
    });
    expect(await halls()).toBe(0);
  });

  test('of ten thousand is shown as too long', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `p-${i},Điểm cầu ${i},D,k,25`);
    const { body } = await admin.post(path, file([header, ...rows].join('\n')));
    expect(body.errors).toMatchObject([{ code: 'limit_reached', value: '10000' }]);
    expect(body.totals).toMatchObject({ rows: 10_000, new: 10_000 });
  });

  test.each([
    ['nothing', file(''), { errors: [{ code: 'empty_file' }] }],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]), 'encoding'],
    ['a broken spreadsheet', new Uint8Array([0x50, 0x4b, 3, 4, 5]), 'damaged'],
    ['a spreadsheet of 1997', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'old_excel'],
  ])('that is %s', async (_name, bytes, expected) => {
    const { body, status } = await admin.post(path, bytes);
    if (typeof expected === 'object') expect(body).toMatchObject(expected);
    else {
      expect([status, body.error]).toEqual([
        422,
        { code: 'file_unreadable', details: { reason: expected } },
      ]);
    }
  });

  test('is taken up to five megabytes, and from nobody else', async () => {
    const big = await admin.post(path, new Uint8Array(5 * 1024 * 1024 + 1));
    expect(big).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
    const { body } = await admin.post(path, file(`${header}\na,N,D,k,1`));
    const other = await administrator(`khac-${Date.now()}`);
    const confirm = { importId: body.importId, commandId: randomUUID() };
    expect((await other.post(`${path}/confirm`, confirm)).body.error.code).toBe('import_expired');
    clock.now += 10 * 60_000;
    expect((await admin.post(`${path}/confirm`, confirm)).status).toBe(410);
  });
});
