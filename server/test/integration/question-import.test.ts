import { randomUUID } from 'node:crypto';
import type { QuestionImportPreviewBody } from '@nhip-cau/shared/protocol/question-import';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { searchText } from '../../src/dialogue/questions/similar/search-text.ts';
import { similarity, trigramsOf } from '../../src/dialogue/questions/similar/trigrams.ts';
import { topics } from '../fixtures/similar-questions.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Answer, type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let dialogue: TestDialogue;
let secretary: Browser;
let path: string;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
});
beforeEach(async () => {
  dialogue = await TestDialogue.open(engine.engine);
  path = `/api/dialogues/${dialogue.id}/question-imports`;
  const { accountId, displayName } = dialogue.secretary;
  const username = accountId.slice(0, 8);
  await http.accounts.createWithoutPassword({
    id: accountId,
    username,
    displayName,
    isAdmin: false,
  });
  secretary = await http.browser().enter({ kind: 'staff', accountId });
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

async function preview(...lines: string[]): Promise<QuestionImportPreviewBody> {
  const { body } = await secretary.post(path, new TextEncoder().encode(lines.join('\n')));
  return body as QuestionImportPreviewBody;
}

const confirm = (importId: string, skipAlike = false): Promise<Answer> =>
  secretary.post(`${path}/confirm`, { importId, skipAlike });

const questions = async () => [...(await dialogue.state()).questions.values()];

describe('a list of questions', () => {
  test('is shown, and imported as it was shown', async () => {
    const { importId, ...shown } = await preview(
      'Điểm cầu;Nội dung ý kiến;Lĩnh vực;Họ và tên;Hiện tên;Ghi chú',
      'hall-1;Bao giờ có nước sạch?;moi truong;Nguyễn Thị Mận;công khai;x',
      '"Điểm cầu 2";"Hai dòng\ntrong một ô";;;;',
    );
    expect(shown).toMatchObject({
      columns: { hall: 'Điểm cầu', text: 'Nội dung ý kiến', asker: 'Họ và tên' },
      ignoredColumns: ['Ghi chú'],
      rows: [
        { line: 2, bridgePointName: 'Điểm cầu 1', field: 'Môi trường', outcome: 'new' },
        { line: 3, bridgePointName: 'Điểm cầu 2', text: 'Hai dòng\ntrong một ô', asker: null },
      ],
      errors: [],
      totals: { rows: 2, new: 2, present: 0, alike: 0, errors: 0 },
    });
    expect(await questions()).toEqual([]);
    expect((await confirm(importId)).body).toEqual({ done: 2, total: 2 });
    expect(await questions()).toMatchObject([
      { asker: 'Nguyễn Thị Mận', nameVisibility: 'public', channel: 'import', state: 'forwarded' },
      { asker: null, nameVisibility: 'none', field: null },
    ]);
  });

  test('is there once, however often it is confirmed or sent', async () => {
    const lines = ['hall,text', 'hall-1,Một', 'hall-2,Hai'];
    const first = await preview(...lines);
    await Promise.all([confirm(first.importId), confirm(first.importId)]);
    expect((await confirm(first.importId)).body).toEqual({ done: 2, total: 2 });
    const again = await preview(...lines, 'hall-3,Ba');
    expect(again.totals).toMatchObject({ new: 1, present: 2 });
    expect((await confirm(again.importId)).body).toEqual({ done: 3, total: 3 });
    expect(await questions()).toHaveLength(3);
  });

  test('of many goes in step by step, and says how far it is', async () => {
    const rows = Array.from(
      { length: 1_200 },
      (_, index) => `hall-1,Ý kiến số ${index} về ngõ ${index}`,
    );
    const { importId } = await preview('hall,text', ...rows);
    const done: number[] = [];
    for (let step = 0; step < 3; step += 1) {
      const { body } = await confirm(importId);
      done.push((body as { done: number }).done);
    }
    expect(done).toEqual([500, 1_000, 1_200]);
    expect(await questions()).toHaveLength(1_200);
  });

  test('is not imported while a line is wrong; each says what and where', async () => {
    const { importId, errors } = await preview(
      'hall,text,field,visibility',
      'Điểm cầu 11,Nội dung,,',
      ',Nội dung,,',
      'hall-1,,,',
      'hall-1,Nội dung,Môi trừơng xanh,',
      'hall-1,Nội dung khác,,tất cả',
      'hall-1,Trùng nhau,,',
      'hall-1,TRUNG NHAU,,',
      `hall-1,${'dài '.repeat(1_001)},,`,
    );
    expect(errors).toMatchObject([
      {
        line: 2,
        column: 'hall',
        code: 'hall_unknown',
        suggestions: ['Điểm cầu 1 (Quận 1)'],
      },
      { line: 3, column: 'hall', code: 'value_missing' },
      { line: 4, column: 'text', code: 'value_missing' },
      { line: 5, column: 'field', code: 'field_unknown', suggestions: ['Môi trường'] },
      { line: 6, column: 'visibility', code: 'visibility_unknown', value: 'tất cả' },
      { line: 8, column: 'text', code: 'duplicate_text', otherLine: 7 },
      { line: 9, column: 'text', code: 'too_long' },
    ]);
    const refused = await confirm(importId);
    expect(refused.body.error).toEqual({ code: 'import_has_errors', details: { errors: 7 } });
  });

  test('without the columns that it needs is named so', async () => {
    expect((await preview('Quận,Ghi chú', 'a,b')).errors).toMatchObject([
      { line: 1, column: 'hall', code: 'column_missing' },
      { line: 1, column: 'text', code: 'column_missing' },
    ]);
  });

  test('shows what is alike to an earlier line, or to what is there, and can leave it out', async () => {
    const [one, two, three] = topics['red book']!;
    const present = randomUUID();
    await dialogue.do(dialogue.secretary, 'question.import', {
      questions: [
        {
          questionId: present,
          bridgePointId: await dialogue.hall(3),
          text: one!,
          field: null,
          asker: null,
          nameVisibility: 'none',
        },
      ],
    });
    const { importId, alike, totals } = await preview(
      'hall\ttext',
      `hall-1\t${two}`,
      `hall-2\tKênh mương xuống cấp`,
      `hall-2\t${three}`,
    );
    expect(totals).toMatchObject({ new: 3, alike: 2 });
    expect(alike).toMatchObject([
      { line: 2, alike: { questionId: present, line: null } },
      { line: 4, alike: { score: expect.any(Number) } },
    ]);
    expect((await confirm(importId, true)).body).toEqual({ done: 1, total: 1 });
    expect((await questions()).map(({ wording }) => wording)).toEqual([
      one,
      'Kênh mương xuống cấp',
    ]);
  });

  test('is the secretariat’s alone', async () => {
    const moderator = await http.browser().enter({
      kind: 'device',
      dialogueId: dialogue.id,
      bridgePointId: await dialogue.hall(1),
      deviceRole: 'moderator',
    });
    expect((await moderator.post(path, new TextEncoder().encode('hall,text'))).status).toBe(403);
  });
});

test('texts in memory are compared as the database compares them', async () => {
  const texts = Object.values(topics).flat();
  for (const [index, text] of texts.entries()) {
    const [a, b] = [
      searchText(text).marked,
      searchText(texts[(index * 7 + 1) % texts.length]!).marked,
    ];
    const { rows } = await sql<{ score: number }>`select similarity(${a}, ${b}) as score`.execute(
      engine.db,
    );
    expect(similarity(trigramsOf(a), trigramsOf(b))).toBeCloseTo(rows[0]!.score, 5);
  }
});
