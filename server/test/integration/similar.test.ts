import { randomUUID } from 'node:crypto';
import type { HistoryEntry, SimilarBody } from '@nhip-cau/shared/protocol/http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { different, topics } from '../fixtures/similar-questions.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let dialogue: TestDialogue;
let secretary: Browser;
let moderator: Browser;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
  dialogue = await TestDialogue.open(engine.engine);
  secretary = await enter(dialogue.secretary);
  moderator = await http.browser().enter({
    kind: 'device',
    dialogueId: dialogue.id,
    bridgePointId: await dialogue.hall(1),
    deviceRole: 'moderator',
  });
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

async function enter({ accountId, displayName }: TestDialogue['secretary']): Promise<Browser> {
  const username = accountId.slice(0, 8);
  await http.accounts.createWithoutPassword({
    id: accountId,
    username,
    displayName,
    isAdmin: false,
  });
  return http.browser().enter({ kind: 'staff', accountId });
}

/** Questions that came to the city from that hall; their ids in the order of the texts. */
async function collected(texts: readonly string[], hall = 1): Promise<string[]> {
  const bridgePointId = await dialogue.hall(hall);
  const questions = texts.map((text) => ({
    questionId: randomUUID(),
    bridgePointId,
    text,
    field: null,
    asker: null,
    nameVisibility: 'none' as const,
  }));
  await dialogue.do(dialogue.secretary, 'question.import', { questions });
  return questions.map(({ questionId }) => questionId);
}

async function similar(
  questionIds: string[],
  browser = secretary,
): Promise<SimilarBody['similar']> {
  const { body } = await browser.post(`/api/dialogues/${dialogue.id}/similar`, { questionIds });
  return (body as SimilarBody).similar;
}

describe('questions alike', () => {
  const ids = new Map<string, string[]>();

  beforeAll(async () => {
    for (const [topic, texts] of Object.entries(topics)) ids.set(topic, await collected(texts));
  });

  test.each(Object.keys(topics))('find each other, and nothing else: %s', async (topic) => {
    const own = ids.get(topic)!;
    const found = await similar(own);
    for (const id of own) {
      expect(found[id]!.map(({ questionId }) => questionId).sort()).toEqual(
        own.filter((other) => other !== id).sort(),
      );
      const scores = found[id]!.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    }
  });

  test.each(different)('are not: %s – %s', async (...texts) => {
    const [one, other] = await collected(texts);
    const found = await similar([one!]);
    expect(found[one!]!.map(({ questionId }) => questionId)).not.toContain(other);
  });

  test('are nearest where the marks are the same', async () => {
    const [asked, marked, unmarked] = await collected([
      'Đề nghị mở tuyến xe buýt số 92 tới xã Nhông',
      'Mở tuyến xe buýt số 92 tới xã Nhông',
      'Mợ tuyên xê buyt sồ 92 tơi xà Nhong',
    ]);
    const found = await similar([asked!]);
    const [best, next] = found[asked!]!;
    expect(best!.questionId).toBe(marked);
    expect(best!.score).toBeGreaterThan(1.5 * (next?.score ?? 0));
    expect(next?.questionId ?? unmarked).toBe(unmarked);
  });

  test('follow the wording, and leave those that are merged or returned elsewhere', async () => {
    const [first, second] = await collected(
      ['Cầu vượt đi bộ ở ngã tư Sở hỏng thang máy', 'Chuyện khác hẳn về tem truy xuất'],
      2,
    );
    expect((await similar([first!]))[first!]).toEqual([]);
    await dialogue.do(dialogue.secretary, 'question.edit', {
      questionId: second!,
      wording: 'Thang máy cầu vượt đi bộ ở ngã tư Sở bị hỏng',
    });
    expect((await similar([first!]))[first!]).toMatchObject([{ questionId: second }]);
    await dialogue.do(dialogue.secretary, 'question.merge', {
      questionId: second!,
      intoQuestionId: first!,
    });
    expect(await similar([first!, second!])).toEqual({ [first!]: [], [second!]: [] });
  });

  test('are looked for by a moderator in the own hall alone, before they are sent on', async () => {
    const text = 'Nhà văn hóa thôn Đoài dột nát từ lâu';
    const person = await dialogue.joined(1);
    const [own, neighbour] = [await dialogue.ask(person, text), await dialogue.ask(person, text)];
    const [elsewhere] = await collected([text], 3);
    expect((await similar([own], moderator))[own]).toMatchObject([
      { questionId: neighbour, score: 1 },
    ]);
    expect(await similar([elsewhere!], moderator)).toEqual({ [elsewhere!]: [] });
    // At the city they have not arrived.
    expect((await similar([elsewhere!]))[elsewhere!]).toEqual([]);
  });

  test('are nobody else’s to look for', async () => {
    const path = `/api/dialogues/${dialogue.id}/similar`;
    const body = { questionIds: [randomUUID()] };
    expect((await http.browser().post(path, body)).status).toBe(401);
    const host = await enter(dialogue.host);
    expect((await host.post(path, body)).status).toBe(403);
    const tooMany = { questionIds: Array.from({ length: 101 }, () => randomUUID()) };
    expect((await secretary.post(path, tooMany)).status).toBe(400);
  });
});

describe('the history of a question', () => {
  const history = async (questionId: string, browser: Browser) => {
    const path = `/api/dialogues/${dialogue.id}/questions/${questionId}/history`;
    return (await browser.get(path)).body as { entries: HistoryEntry[] };
  };

  test('is its own entries, its turns’ and merges into it; notes are the desk’s', async () => {
    const { secretary: desk, host } = dialogue;
    const [lead, part] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    await dialogue.do(desk, 'dialogue.start', {});
    await dialogue.do(desk, 'question.note', {
      questionId: lead,
      noteId: randomUUID(),
      text: 'Hỏi lại Sở',
    });
    await dialogue.do(desk, 'question.merge', { questionId: part, intoQuestionId: lead });
    await dialogue.do(host, 'floor.call', { questionId: lead });
    const turnId = (await dialogue.state()).currentTurnId!;
    await dialogue.do(host, 'floor.end', { turnId });
    await dialogue.do(host, 'question.dispose', {
      questionId: lead,
      disposition: { kind: 'answeredHere' },
    });

    const { entries } = await history(lead, secretary);
    expect(entries.map(({ type }) => type)).toEqual([
      'question.asked',
      'question.forwarded',
      'question.accepted',
      'question.noted',
      'question.merged',
      'turn.prepared',
      'turn.called',
      'turn.ended',
      'question.disposed',
    ]);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted());
    expect(entries[0]!.payload).not.toHaveProperty('personId');
    expect(entries[0]!.actor).toEqual({ kind: 'person', role: 'participant', name: null });
    expect(entries.at(-1)!.actor).toEqual({ kind: 'staff', role: 'host', name: 'Chủ trì' });
    expect(entries[4]!.payload).toEqual({ questionId: part, intoQuestionId: lead });

    const leader = await http
      .browser()
      .enter({ kind: 'staff', accountId: dialogue.host.accountId });
    const read = await history(lead, leader);
    expect(read.entries.map(({ type }) => type)).not.toContain('question.noted');
    expect(read.entries).toHaveLength(entries.length - 1);
  });

  test('of one that came on a list is what the list says of it alone', async () => {
    const [first] = await collected(['Một', 'Hai']);
    const { entries } = await history(first!, secretary);
    expect(entries).toMatchObject([
      { type: 'questions.imported', payload: { questionId: first, text: 'Một' } },
    ]);
  });

  test('is not for a hall, and not of what is not there', async () => {
    const [first] = await collected(['Một']);
    const path = `/api/dialogues/${dialogue.id}/questions/${first}/history`;
    expect((await moderator.get(path)).status).toBe(403);
    const none = `/api/dialogues/${dialogue.id}/questions/${randomUUID()}/history`;
    expect((await secretary.get(none)).status).toBe(404);
  });
});
