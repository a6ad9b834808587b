import { randomUUID } from 'node:crypto';
import type { AttendanceBody } from '@nhip-cau/shared/protocol/attendance-report';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogReader } from '../../src/store/log-reader.ts';
import { findRowFault } from '../../src/store/verify-rows.ts';
import { createJournal } from '../../src/store/journal.ts';
import { admin, createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine & { url: string };
let http: HttpServer;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

type Moderator = Awaited<ReturnType<TestDialogue['moderator']>>;

async function open() {
  const dialogue = await TestDialogue.open(engine.engine);
  const moderator = await dialogue.moderator(1);
  return { dialogue, moderator, bridgePointId: moderator.bridgePointId };
}

async function list(dialogue: TestDialogue, moderator: Moderator, ...names: string[]) {
  const attendees = names.map((name) => ({ attendeeId: randomUUID(), name }));
  const { bridgePointId } = moderator;
  await dialogue.do(moderator, 'attendance.list', { bridgePointId, attendees });
  return attendees.map(({ attendeeId }) => attendeeId);
}

const attendee = async (dialogue: TestDialogue, id: string) =>
  (await dialogue.state()).attendees.get(id);
const hallOf = async (dialogue: TestDialogue, id: string) =>
  (await dialogue.state()).bridgePoints.get(id)!;

describe('people of a hall', () => {
  test('are expected, come, go and come back', async () => {
    const { dialogue, moderator, bridgePointId } = await open();
    const [hoa] = await list(dialogue, moderator, 'Lê Thị Hoa', 'Phạm Văn Nam');
    const one = { bridgePointId, attendeeId: hoa! };
    expect((await hallOf(dialogue, bridgePointId)).present).toBe(0);
    await dialogue.do(moderator, 'attendance.checkIn', one);
    expect(await dialogue.send(moderator, 'attendance.checkIn', one)).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    });
    expect((await hallOf(dialogue, bridgePointId)).present).toBe(1);
    const cameAt = (await attendee(dialogue, hoa!))?.joinedAt;
    await dialogue.do(moderator, 'attendance.checkOut', { attendeeId: hoa! });
    expect((await hallOf(dialogue, bridgePointId)).present).toBe(0);
    await dialogue.do(moderator, 'attendance.checkIn', one);
    expect(await attendee(dialogue, hoa!)).toMatchObject({
      name: 'Lê Thị Hoa',
      how: 'list',
      joinedAt: cameAt,
      leftAt: null,
    });
  });

  test('are entered at the door without a list, and by their phones without anybody', async () => {
    const { dialogue, moderator, bridgePointId } = await open();
    const person = await dialogue.joined(1, 'Trần Văn Ba');
    const attendeeId = randomUUID();
    const at = { bridgePointId, attendeeId, name: 'Đỗ Thị Tư' };
    await dialogue.do(moderator, 'attendance.checkIn', at);
    expect(await attendee(dialogue, person.personId)).toMatchObject({ how: 'qr' });
    expect(await attendee(dialogue, attendeeId)).toMatchObject({ how: 'manual', name: at.name });
    expect(await hallOf(dialogue, bridgePointId)).toMatchObject({ present: 2, joined: 1 });
  });

  test('are another hall’s business to nobody else', async () => {
    const { dialogue, moderator, bridgePointId } = await open();
    const other = await dialogue.moderator(2);
    const [hoa] = await list(dialogue, moderator, 'Lê Thị Hoa');
    const attendees = [{ attendeeId: randomUUID(), name: 'Khách' }];
    const one = { bridgePointId, attendeeId: hoa! };
    const refused = { ok: false, error: { code: 'not_allowed' } };
    for (const outcome of [
      await dialogue.send(other, 'attendance.list', { bridgePointId, attendees }),
      await dialogue.send(other, 'attendance.checkIn', one),
      await dialogue.send(other, 'attendance.checkOut', { attendeeId: hoa! }),
      await dialogue.send(other, 'attendance.report', { bridgePointId, headcount: 3 }),
      await dialogue.send(other, 'attendance.correct', {
        attendeeId: hoa!,
        name: 'Không phải',
        reason: 'thử',
      }),
      await dialogue.send(other, 'attendance.remove', { attendeeId: hoa! }),
    ]) {
      expect(outcome).toMatchObject(refused);
    }
    // Nor can a hall take over somebody else's entry under its own name.
    const own = { bridgePointId: other.bridgePointId, attendeeId: hoa! };
    expect(await dialogue.send(other, 'attendance.checkIn', own)).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  test('are set right with a reason, and times that cannot be are refused', async () => {
    const { dialogue, moderator } = await open();
    const [hoa] = await list(dialogue, moderator, 'Le Thi Hoa');
    const attendeeId = hoa!;
    const correct = (change: object) =>
      dialogue.send(moderator, 'attendance.correct', { attendeeId, reason: 'ghi nhầm', ...change });
    expect(await correct({ leftAt: 2_000 })).toMatchObject({ error: { code: 'invalid' } });
    expect(await correct({ joinedAt: 2_000, leftAt: 1_000 })).toMatchObject({
      error: { code: 'invalid' },
    });
    expect(await correct({})).toMatchObject({ error: { code: 'invalid' } });
    expect(await correct({ name: 'Lê Thị Hoa', joinedAt: 1_000, leftAt: 2_000 })).toMatchObject({
      ok: true,
    });
    expect(await attendee(dialogue, attendeeId)).toMatchObject({
      name: 'Lê Thị Hoa',
      joinedAt: 1_000,
      leftAt: 2_000,
    });
    await dialogue.do(moderator, 'attendance.remove', {
      attendeeId,
      reason: 'người hội trường khác',
    });
    expect(await correct({ name: 'Ai' })).toMatchObject({ error: { code: 'not_found' } });
  });

  test('after the end nobody comes or goes, and a count is a correction with its reason', async () => {
    const { dialogue, moderator, bridgePointId } = await open();
    const [hoa] = await list(dialogue, moderator, 'Lê Thị Hoa');
    await dialogue.do(dialogue.secretary, 'dialogue.start', {});
    await dialogue.do(dialogue.secretary, 'dialogue.end', {});
    const one = { bridgePointId, attendeeId: hoa! };
    expect(await dialogue.send(moderator, 'attendance.checkIn', one)).toMatchObject({
      error: { code: 'dialogue_not_open' },
    });
    const report = { bridgePointId, headcount: 30 };
    expect(await dialogue.send(moderator, 'attendance.report', report)).toMatchObject({
      error: { code: 'invalid', details: { path: 'reason' } },
    });
    await dialogue.do(moderator, 'attendance.report', { ...report, reason: 'đếm lại theo ảnh' });
    await dialogue.do(dialogue.secretary, 'attendance.correct', {
      attendeeId: hoa!,
      joinedAt: Date.now(),
      reason: 'quên điểm danh',
    });
    expect(await hallOf(dialogue, bridgePointId)).toMatchObject({ headcount: 30, present: 1 });
  });

  test('are the same after a restart', async () => {
    const { dialogue, moderator, bridgePointId } = await open();
    const [hoa, nam] = await list(dialogue, moderator, 'Lê Thị Hoa', 'Phạm Văn Nam');
    await dialogue.do(moderator, 'attendance.checkIn', { bridgePointId, attendeeId: hoa! });
    await dialogue.do(moderator, 'attendance.checkOut', { attendeeId: hoa! });
    await dialogue.do(moderator, 'attendance.remove', { attendeeId: nam! });
    const before = await dialogue.state();
    const restarted = await createTestEngine(engine.url);
    try {
      const after = await restarted.engine.read(dialogue.id);
      expect(after?.attendees).toEqual(before.attendees);
      expect(after?.bridgePoints).toEqual(before.bridgePoints);
    } finally {
      await restarted.close();
    }
    const log = await createJournal(engine.db).read(dialogue.id, 0);
    expect(await findRowFault(engine.db, dialogue.id, log)).toBeNull();
  });
});

async function member(dialogue: TestDialogue, role: 'secretary' | 'supervisor' | 'officer') {
  const accountId = randomUUID();
  const username = `${role}-${accountId.slice(0, 8)}`;
  const input = { id: accountId, username, displayName: role, isAdmin: false };
  await http.accounts.createWithoutPassword(input);
  await dialogue.do(admin, 'member.assign', { accountId, role });
  return http.browser().enter({ kind: 'staff', accountId });
}

const moderatorBrowser = ({ dialogueId, bridgePointId }: Moderator) =>
  http.browser().enter({ kind: 'device', dialogueId, bridgePointId, deviceRole: 'moderator' });

describe('the report', () => {
  let dialogue: TestDialogue;
  let moderator: Moderator;
  let secretary: Browser;
  const path = (rest = '') => `/api/dialogues/${dialogue.id}/attendance${rest}`;

  /** Hall 1: a phone, one of the list who left, one who never came, one at the door. Hall 2: a count. */
  beforeAll(async () => {
    let bridgePointId: string;
    ({ dialogue, moderator, bridgePointId } = await open());
    secretary = await member(dialogue, 'secretary');
    await dialogue.joined(1, '=HYPERLINK("http://xau.example")');
    const [hoa] = await list(dialogue, moderator, 'Lê Thị Hoa', 'Phạm Văn Nam');
    await dialogue.do(moderator, 'attendance.checkIn', { bridgePointId, attendeeId: hoa! });
    await dialogue.do(moderator, 'attendance.checkOut', { attendeeId: hoa! });
    await dialogue.do(moderator, 'attendance.checkIn', {
      bridgePointId,
      attendeeId: randomUUID(),
      name: 'Đỗ Thị Tư',
    });
    await dialogue.do(moderator, 'attendance.correct', {
      attendeeId: hoa!,
      name: 'Lê Thị Hòa',
      reason: 'sai dấu',
    });
    const other = await dialogue.moderator(2);
    const report = { bridgePointId: other.bridgePointId, headcount: 21 };
    await dialogue.do(other, 'attendance.report', report);
    await dialogue.do(other, 'attendance.report', {
      ...report,
      headcount: 23,
      reason: 'hai người đến muộn',
    });
  });

  test('has the figures of each hall and of all', async () => {
    const body = (await secretary.get(path())).body as AttendanceBody;
    expect(body.totals).toMatchObject({
      expected: 75,
      headcount: 23,
      halls: 4,
      hallsReported: 1,
      listed: 2,
      came: 3,
      present: 2,
      joined: 1,
      peak: 2,
      lastAt: null,
    });
    const [first, second] = body.halls.filter(({ isCentral }) => !isCentral);
    expect(first).toMatchObject({ code: 'hall-1', present: 2, headcount: null, peak: 2 });
    expect(second).toMatchObject({ code: 'hall-2', present: 0, headcount: 23, firstAt: null });
    const hoa = body.people?.find(({ name }) => name === 'Lê Thị Hòa');
    expect(hoa).toMatchObject({ how: 'list', stays: [{ leftAt: expect.any(Number) }] });
    expect(body.people?.find(({ name }) => name === 'Phạm Văn Nam')?.stays).toEqual([]);
    expect(body.corrections).toMatchObject([
      {
        by: { role: 'moderator' },
        attendee: { name: 'Lê Thị Hoa' },
        changes: [{ of: 'name', from: 'Lê Thị Hoa', to: 'Lê Thị Hòa' }],
        reason: 'sai dấu',
      },
      { changes: [{ of: 'headcount', from: 21, to: 23 }], reason: 'hai người đến muộn' },
    ]);
  });

  test('keeps the hours between when somebody comes back', async () => {
    const { dialogue: own, moderator: here, bridgePointId } = await open();
    const [hoa] = await list(own, here, 'Lê Thị Hoa');
    const one = { bridgePointId, attendeeId: hoa! };
    await own.do(here, 'attendance.checkIn', one);
    await own.do(here, 'attendance.checkOut', { attendeeId: hoa! });
    await own.do(here, 'attendance.checkIn', one);
    const browser = await moderatorBrowser(here);
    const address = `/api/dialogues/${own.id}/attendance?bridgePoint=${bridgePointId}`;
    const body = (await browser.get(address)).body as AttendanceBody;
    expect(body.people?.[0]?.stays).toMatchObject([
      { leftAt: expect.any(Number) },
      { leftAt: null },
    ]);
    expect(body.totals).toMatchObject({ came: 1, present: 1, peak: 1 });
  });

  test('has no names for a supervisor, and is not there for an officer', async () => {
    const supervisor = await member(dialogue, 'supervisor');
    const { body, text } = await supervisor.get(path());
    expect(body).toMatchObject({ people: null, totals: { came: 3 } });
    for (const kept of ['Lê Thị', 'Phạm Văn Nam', 'Đỗ Thị Tư', 'sai dấu']) {
      expect(text).not.toContain(kept);
    }
    expect(text).toContain('hai người đến muộn');
    expect((await supervisor.get(path('.csv?sheet=people'))).status).toBe(403);
    expect((await (await member(dialogue, 'officer')).get(path())).status).toBe(403);
  });

  test('shows a moderator their own hall and no other', async () => {
    const browser = await moderatorBrowser(moderator);
    const own = await browser.get(path(`?bridgePoint=${moderator.bridgePointId}`));
    expect(own.body.halls).toHaveLength(1);
    expect(own.text).not.toContain('hai người đến muộn');
    const second = await dialogue.hall(2);
    expect((await browser.get(path(`?bridgePoint=${second}`))).status).toBe(403);
    expect((await browser.get(path())).status).toBe(403);
    expect((await secretary.get(path(`?bridgePoint=${randomUUID()}`))).status).toBe(404);
  });

  test('is kept as CSV that computes nothing', async () => {
    const halls = await secretary.get(path('.csv'));
    expect(halls.headers.get('content-disposition')).toBe(
      'attachment; filename="doi-thoai-voi-nong-dan-diem-danh.csv"',
    );
    const lines = halls.text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF?Quận, huyện|^\uFEFF?"Quận, huyện"/);
    expect(lines.at(-1)).toMatch(/^Tổng cộng,,,75,23,,2,3,2,1,2,/);
    const people = await secretary.get(path('.csv?sheet=people'));
    expect(people.text).toContain('"\'=HYPERLINK(""http://xau.example"")"');
    expect(people.text).not.toMatch(/(^|,|")=HYPERLINK/m);
    const trail = await secretary.get(path('.csv?sheet=corrections&lang=en'));
    expect(trail.text).toContain('Headcount,21,23,hai người đến muộn');
  });

  test('is kept as a workbook with the halls, the people and the trail', async () => {
    const address = http.url + path(`.xlsx?principal=${secretary.principal}`);
    const answer = await fetch(address, { headers: { cookie: secretary.cookieHeader() } });
    expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await answer.arrayBuffer()) as unknown as ExcelJS.Buffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Theo điểm cầu',
      'Người dự',
      'Điều chỉnh',
    ]);
    const [halls, people, trail] = workbook.worksheets;
    const texts = (sheet: ExcelJS.Worksheet | undefined, row: number) =>
      (sheet!.getRow(row).values as unknown[]).slice(1);
    expect(texts(halls, halls!.rowCount).slice(0, 5)).toEqual([
      'Tổng cộng',
      undefined,
      undefined,
      75,
      23,
    ]);
    const names = people!.getColumn(3).values.slice(2);
    expect(names).toContain('\'=HYPERLINK("http://xau.example")');
    expect(names).toHaveLength(4);
    expect(texts(trail, 2)).toMatchObject([
      expect.any(Date),
      'Điều phối điểm cầu',
      'Điểm cầu 1',
      'Lê Thị Hoa',
      'Họ và tên',
      'Lê Thị Hoa',
      'Lê Thị Hòa',
      'sai dấu',
    ]);
  });
});

test('a log is looked up by types and by numbers', async () => {
  const { dialogue } = await open();
  const person = await dialogue.joined(1);
  const [first, second] = [await dialogue.ask(person), await dialogue.ask(person)];
  await dialogue.do(await dialogue.moderator(1), 'question.forward', { questionId: first! });
  const log = createLogReader(engine.db);
  const asked = await log.readEntries(dialogue.id, { types: ['question.asked'] });
  expect(asked.map(({ payload }) => payload.questionId)).toEqual([first, second]);
  const { trails } = await dialogue.state();
  const history = await log.readEntries(dialogue.id, { seqs: trails.get(first!)! });
  expect(history.map(({ type }) => type)).toEqual(['question.asked', 'question.forwarded']);
});
