import { randomUUID } from 'node:crypto';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type { TranscriptSearchBody } from '@nhip-cau/shared/protocol/transcript-record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';
import { TestTranscript } from '../support/transcript.ts';

let test: TestEngine;
let http: HttpServer;
let one: TestTranscript;
let other: TestTranscript;
let secretary: Browser;
let supervisor: Browser;
let stranger: Browser;

beforeAll(async () => {
  test = await createTestEngine();
  http = await startHttp(test);
  [one, other] = [await started(), await started()];
  [secretary, supervisor, stranger] = [
    await account([one, 'secretary'], [other, 'secretary']),
    await account([one, 'supervisor'], [other, 'supervisor']),
    await account([one, 'officer'], [other, 'operator']),
  ];
});
afterAll(async () => {
  await http.close();
  await test.close();
});

async function started(): Promise<TestTranscript> {
  const dialogue = await TestDialogue.open(test.engine);
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  return new TestTranscript(dialogue);
}

async function account(...roles: [TestTranscript, MemberRole][]): Promise<Browser> {
  const accountId = randomUUID();
  const username = `u${accountId.slice(0, 8)}`;
  await http.accounts.createWithoutPassword({
    id: accountId,
    username,
    displayName: username,
    isAdmin: false,
  });
  for (const [{ dialogue }, role] of roles) {
    await dialogue.do(admin, 'member.assign', { accountId, role });
  }
  return http.browser().enter({ kind: 'staff', accountId });
}

async function search(
  who: Browser,
  q: string,
  more: Record<string, string> = {},
): Promise<TranscriptSearchBody> {
  const { status, body } = await who.get(
    `/api/transcripts/search?${new URLSearchParams({ q, ...more })}`,
  );
  expect(status).toBe(200);
  return body;
}

const found = async (who: Browser, q: string, more?: Record<string, string>) =>
  (await search(who, q, more)).hits.map(({ lineId }) => lineId);

describe('a search of all transcripts', () => {
  it('finds words with and without diacritics, in every dialogue, the closest first', async () => {
    const at = Date.now();
    const exact = await one.hear(1, 'Hỏi về dự án đường mới', { startedAt: at });
    const plain = await other.hear(1, 'Ông dù an giấc', { startedAt: at + 1_000 });
    const apart = await one.hear(1, 'Án phí của dự toán', { startedAt: at + 2_000 });
    await one.hear(1, 'Nói về chuyện khác', { startedAt: at + 3_000 });
    expect(await found(secretary, 'dự án')).toEqual([exact, apart, plain]);
    expect(await found(secretary, 'DU AN')).toEqual([plain, exact, apart]);
    expect(await found(secretary, 'du an', { dialogueId: other.dialogue.id })).toEqual([plain]);
    expect(await found(secretary, 'du anh')).toEqual([]);
    const { hits } = await search(secretary, 'đường mới');
    expect(hits).toMatchObject([
      {
        dialogueId: one.dialogue.id,
        title: 'Đối thoại với nông dân',
        text: 'Hỏi về dự án đường mới',
        speaker: { kind: 'turn', bridgePointName: 'Điểm cầu 1' },
      },
    ]);
    expect(hits[0]!.ranges.map(({ start, end }) => hits[0]!.text.slice(start, end))).toEqual([
      'đường',
      'mới',
    ]);
  });

  it('follows edits, and forgets what was removed', async () => {
    const lineId = await one.type('Kênh mương tiêu nước');
    expect(await found(secretary, 'kenh muong')).toEqual([lineId]);
    await one.edit(lineId, 'Trạm bơm tiêu nước');
    expect(await found(secretary, 'kenh muong')).toEqual([]);
    expect(await found(secretary, 'tram bom')).toEqual([lineId]);
    const { secretary: by } = one.dialogue;
    await one.dialogue.do(by, 'transcript.remove', await one.read(lineId));
    expect(await found(secretary, 'tram bom')).toEqual([]);
    await one.dialogue.do(by, 'transcript.restore', await one.read(lineId));
    expect(await found(secretary, 'tram bom')).toEqual([lineId]);
  });

  it('finds for whoever does not edit only what they may read', async () => {
    const lineId = await one.type('Nhà bà Sáu Thơm gọi số 0912345678 mỗi ngày');
    await one.redact(lineId, 'Sáu Thơm');
    for (const hidden of ['sau thom', 'thom goi', '0912345678']) {
      expect(await found(supervisor, hidden), hidden).toEqual([]);
      expect(await found(secretary, hidden), hidden).toEqual([lineId]);
    }
    const { hits } = await search(supervisor, 'moi ngay');
    expect(hits).toMatchObject([{ lineId }]);
    expect(hits[0]!.text).not.toMatch(/Thơm|0912/);
    expect(await found(stranger, 'moi ngay')).toEqual([]);
    const hall = await http.browser().enter({
      kind: 'device',
      dialogueId: one.dialogue.id,
      bridgePointId: await one.dialogue.hall(1),
      deviceRole: 'moderator',
    });
    expect((await hall.get('/api/transcripts/search?q=ngay')).status).toBe(403);
  });

  it('is read page by page, each hit once', async () => {
    const at = Date.now();
    const lineIds: string[] = [];
    for (let line = 0; line < 65; line += 1) {
      const transcript = line % 2 ? one : other;
      const text = line % 3 ? 'Chợ đầu mối phía nam' : 'Đầu mối của chợ phía nam';
      lineIds.push(await transcript.hear(1, text, { startedAt: at + line }));
    }
    const seen: string[] = [];
    let after: string | null = null;
    const pages: number[] = [];
    do {
      const { hits, next } = await search(secretary, 'đầu mối', after ? { after } : {});
      pages.push(hits.length);
      seen.push(...hits.map(({ lineId }) => lineId));
      after = next;
    } while (after !== null);
    expect(pages).toEqual([30, 30, 5]);
    expect(new Set(seen)).toEqual(new Set(lineIds));
    expect(seen.slice(0, 2)).toEqual(lineIds.slice(-2).toReversed());
  });

  it.each([
    ['nothing', ''],
    ['no word', '%_"'],
    ['too many words', 'một '.repeat(30)],
  ])('refuses %s', async (_what, q) => {
    const { status, body } = await secretary.get(
      `/api/transcripts/search?${new URLSearchParams({ q })}`,
    );
    expect([status, body.error.code]).toEqual([400, 'invalid']);
  });

  it.each(['x', 'W10', 'bm90IGpzb24'])('refuses to go on from %s', async (after) => {
    const { status } = await secretary.get(`/api/transcripts/search?q=a&after=${after}`);
    expect(status).toBe(400);
  });
});
