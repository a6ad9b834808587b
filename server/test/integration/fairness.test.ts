import { randomUUID } from 'node:crypto';
import type { BriefingBody } from '@nhip-cau/shared/protocol/briefing';
import type { FairnessReportBody } from '@nhip-cau/shared/protocol/fairness-report';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let dialogue: TestDialogue;
const browsers = new Map<string, Browser>();
let heard: string;
let part: string;
let pinned: string;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
  dialogue = await TestDialogue.open(engine.engine, 4);
  for (const role of ['secretary', 'host', 'supervisor', 'operator'] as const) {
    const accountId = randomUUID();
    const input = { id: accountId, username: role, displayName: role, isAdmin: false };
    await http.accounts.createWithoutPassword(input);
    await dialogue.do(admin, 'member.assign', { accountId, role });
    browsers.set(role, await http.browser().enter({ kind: 'staff', accountId }));
  }
  await hold();
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

/** One question heard with one merged into it, two waiting, one of them moved by hand. */
async function hold(): Promise<void> {
  const { secretary, host } = dialogue;
  await dialogue.do(secretary, 'dialogue.start', {});
  heard = await dialogue.accepted(1);
  part = await dialogue.accepted(2);
  const first = await dialogue.accepted(2);
  pinned = await dialogue.accepted(3);
  await dialogue.do(secretary, 'question.edit', { questionId: heard, field: 'Đất đai' });
  await dialogue.do(secretary, 'question.merge', { questionId: part, intoQuestionId: heard });
  await dialogue.do(host, 'floor.call', { questionId: heard });
  const turnId = (await dialogue.state()).currentTurnId!;
  await dialogue.do(host, 'floor.end', { turnId });
  await dialogue.do(secretary, 'question.move', {
    questionId: pinned,
    beforeQuestionId: first,
    reason: 'Đồng chí Chủ trì yêu cầu',
  });
  await dialogue.do(secretary, 'question.brief', {
    questionId: pinned,
    brief: { agency: 'Sở Xây dựng', text: 'Đã bố trí vốn năm 2027.' },
  });
}

const path = (end: string) => `/api/dialogues/${dialogue.id}/${end}`;

test('the report says who was heard, who was not, and who went against the rule', async () => {
  const { body } = await browsers.get('supervisor')!.get(path('fairness'));
  const report = body as FairnessReportBody;
  expect(report.totals).toMatchObject({
    halls: 4,
    hallsHeard: 1,
    questions: 4,
    heard: 2,
    waiting: 2,
    settled: 0,
    turns: 1,
  });
  expect(report.districts).toMatchObject([
    { district: 'Quận 1', halls: 1, hallsHeard: 1, questions: 1, heard: 1, turns: 1, share: 1 },
    { district: 'Quận 2', hallsHeard: 0, questions: 2, heard: 1, waiting: 1, turns: 0, share: 0 },
    { district: 'Quận 3', hallsHeard: 0, questions: 1, waiting: 1 },
    { district: 'Quận 4', questions: 0 },
  ]);
  for (const row of [...report.districts, ...report.fields]) {
    expect(row.heard + row.waiting + row.settled).toBe(row.questions);
  }
  expect(report.fields).toMatchObject([
    { field: 'Đất đai', heard: 1, turns: 1 },
    { field: 'Môi trường', questions: 0 },
    { field: null, questions: 3 },
  ]);
  expect(report.neverHeard.map(({ name, waiting }) => [name, waiting])).toEqual([
    ['Điểm cầu 2', 1],
    ['Điểm cầu 3', 1],
    ['Điểm cầu 4', 0],
  ]);
  expect(report.pins).toMatchObject([
    {
      questionId: pinned,
      wording: 'Bao giờ làm đường?',
      place: 2,
      by: { role: 'secretary', name: 'Thư ký' },
      reason: 'Đồng chí Chủ trì yêu cầu',
    },
  ]);
  expect(report.weights).toMatchObject({ district: 10 });
});

test('the report is kept as CSV, by table, and as a workbook', async () => {
  const secretary = browsers.get('secretary')!;
  const csv = await secretary.get(path('fairness.csv?sheet=pins'));
  expect(csv.headers.get('content-disposition')).toContain('doi-thoai-voi-nong-dan-cong-bang.csv');
  expect(csv.text).toContain('Thư ký: Thư ký,2,Đồng chí Chủ trì yêu cầu,Bao giờ làm đường?');
  const english = await secretary.get(path('fairness.csv?lang=en'));
  expect(english.text.split('\r\n').at(-2)).toMatch(/^Total,4,1,4,2,2,0,1,/);
  const url = `${http.url}${path('fairness.xlsx')}?principal=${secretary.principal}`;
  const response = await fetch(url, { headers: { cookie: secretary.cookieHeader() } });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await response.arrayBuffer()) as ExcelJS.Buffer);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual([
    'Theo địa bàn',
    'Theo lĩnh vực',
    'Chưa phát biểu',
    'Xếp bằng tay',
  ]);
});

test('the briefing has what may come, in its order, with halls, people and briefs', async () => {
  const { body } = await browsers.get('host')!.get(path('briefing'));
  const { questions, totals, byDistrict } = body as BriefingBody;
  expect(questions.map(({ id, place }) => [id === pinned, place])).toEqual([
    [true, 1],
    [false, 2],
  ]);
  expect(questions[0]).toMatchObject({
    reason: { kind: 'pinned', reason: 'Đồng chí Chủ trì yêu cầu' },
    halls: [{ name: 'Điểm cầu 3', district: 'Quận 3' }],
    people: 1,
    brief: { agency: 'Sở Xây dựng' },
  });
  expect(totals).toEqual({ questions: 2, people: 2, halls: 2, briefs: 1, incoming: 0 });
  expect(byDistrict).toMatchObject([{ name: 'Quận 2' }, { name: 'Quận 3' }]);
});

test.each([
  ['fairness', 'operator', 403],
  ['fairness.csv', 'operator', 403],
  ['briefing', 'supervisor', 403],
  ['briefing', 'operator', 403],
  ['fairness', 'host', 200],
])('%s for %s is %d', async (end, role, status) => {
  expect((await browsers.get(role)!.get(path(end))).status).toBe(status);
});
