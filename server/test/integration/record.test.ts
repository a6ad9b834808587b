import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admin, createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let dialogue: TestDialogue;
let secretary: Browser;
let supervisor: Browser;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
  dialogue = await TestDialogue.open(engine.engine);
  secretary = await member('secretary');
  supervisor = await member('supervisor');
  await hold();
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

async function member(role: 'secretary' | 'supervisor'): Promise<Browser> {
  const accountId = randomUUID();
  const input = { id: accountId, username: role, displayName: role, isAdmin: false };
  await http.accounts.createWithoutPassword(input);
  await dialogue.do(admin, 'member.assign', { accountId, role });
  return http.browser().enter({ kind: 'staff', accountId });
}

/** One question from the hall to its disposition. */
async function hold(): Promise<void> {
  const moderator = await dialogue.moderator(1);
  const questionId = randomUUID();
  await dialogue.do(moderator, 'attendance.report', {
    bridgePointId: moderator.bridgePointId,
    headcount: 24,
  });
  await dialogue.do(moderator, 'question.ask', {
    questionId,
    bridgePointId: moderator.bridgePointId,
    text: 'bao giờ có sổ đỏ',
    field: 'Đất đai',
    nameVisibility: 'desk',
    onBehalfOf: { name: 'Nguyễn Thị Lan' },
  });
  await dialogue.do(moderator, 'question.edit', { questionId, wording: 'Thời hạn cấp sổ đỏ?' });
  await dialogue.do(moderator, 'question.forward', { questionId });
  await dialogue.do(dialogue.secretary, 'question.accept', { questionId });
  const never = { questionId: randomUUID(), bridgePointId: moderator.bridgePointId, field: null };
  await dialogue.do(moderator, 'question.ask', {
    ...never,
    text: 'việc riêng của nhà tôi',
    nameVisibility: 'public',
    onBehalfOf: { name: 'Trần Văn Cường' },
  });
  await dialogue.do(moderator, 'question.return', {
    questionId: never.questionId,
    reason: 'thuộc quận giải quyết',
  });
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
  for (const speaker of ['turn', 'host'] as const) {
    const text = speaker === 'turn' ? 'Tôi xin hỏi <2> việc & chờ.' : 'Thành phố ghi nhận.';
    await dialogue.do(dialogue.secretary, 'transcript.add', {
      lineId: randomUUID(),
      text,
      speaker,
    });
  }
  const turnId = (await dialogue.state()).currentTurnId!;
  await dialogue.do(dialogue.secretary, 'floor.end', { turnId });
  await dialogue.do(dialogue.host, 'question.dispose', {
    questionId,
    disposition: { kind: 'assigned', agency: 'Sở Xây dựng', dueOn: '2026-12-31' },
  });
  await dialogue.do(dialogue.secretary, 'dialogue.end', {});
}

const path = (name: string) => `/api/dialogues/${dialogue.id}/${name}`;

describe('the record of an ended dialogue', () => {
  test('has the question, its turn, its disposition, the words and the attendance', async () => {
    const { body } = await secretary.get(path('record'));
    expect(body.dialogue).toMatchObject({ state: 'ended', title: 'Đối thoại với nông dân' });
    expect(body.attendance).toMatchObject({ expected: 75, headcount: 24, hallsReported: 1 });
    expect(body.halls).toHaveLength(4);
    expect(body.questions).toMatchObject([
      {
        original: 'bao giờ có sổ đỏ',
        wording: 'Thời hạn cấp sổ đỏ?',
        asker: 'Nguyễn Thị Lan',
        state: 'disposed',
        disposition: { kind: 'assigned', agency: 'Sở Xây dựng', dueOn: '2026-12-31' },
      },
      { state: 'returned', asker: 'Trần Văn Cường', returnReason: 'thuộc quận giải quyết' },
    ]);
    expect(body.turns).toMatchObject([{ state: 'ended', bridgePointName: 'Điểm cầu 1' }]);
    expect(body.turns[0].spokenMs).toBe(body.turns[0].endedAt - body.turns[0].calledAt);
    expect(body.transcript).toMatchObject([
      { speaker: { kind: 'turn', asker: 'Nguyễn Thị Lan' } },
      { speaker: { kind: 'host' }, text: 'Thành phố ghi nhận.' },
    ]);
  });

  test('shows a supervisor what is public', async () => {
    const { body, text } = await supervisor.get(path('record'));
    expect(text).not.toContain('Nguyễn Thị Lan');
    expect(text).not.toContain('bao giờ có sổ đỏ');
    expect(body.questions).toMatchObject([{ wording: 'Thời hạn cấp sổ đỏ?', asker: null }]);
    expect(body.otherQuestions).toBe(1);
    for (const kept of ['việc riêng', 'thuộc quận', 'Trần Văn Cường']) {
      expect(text).not.toContain(kept);
    }
    const file = await supervisor.get(path('record.json'));
    expect(file.text).not.toContain('việc riêng');
  });

  test.each([
    ['record.json', 'doi-thoai-voi-nong-dan-ho-so.json', 'application/json'],
    ['transcript.vtt', 'doi-thoai-voi-nong-dan-go-bang.vtt', 'text/vtt'],
    ['transcript.txt', 'doi-thoai-voi-nong-dan-go-bang.txt', 'text/plain'],
  ])('is kept as %s', async (name, kept, type) => {
    const answer = await secretary.get(`${path(name)}?principal=${secretary.principal}`, {
      as: undefined,
    });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${kept}"`);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(answer.text).toContain('Thành phố ghi nhận.');
  });

  test('has its words in WebVTT, in the language asked for', async () => {
    const { text } = await secretary.get(`${path('transcript.vtt')}?lang=en`);
    expect(text.startsWith('WEBVTT\n\nNOTE\nĐối thoại với nông dân\n')).toBe(true);
    expect(text).toContain(
      '<v Nguyễn Thị Lan (Điểm cầu 1)>Tôi xin hỏi &lt;2&gt; việc &amp; chờ.\n',
    );
    expect(text).toContain('<v Host>Thành phố ghi nhận.\n');
  });
});
