import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebVTTParser } from 'webvtt-parser';
import { unzip } from '../../src/dialogue/tables/unzip.fixture.ts';
import { soundOf } from '../../src/speech/spool/shelf.ts';
import { admin, createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';
import { TestTranscript } from '../support/transcript.ts';

const runId = randomUUID();
/** A file as it grows: its header does not say how long it is. */
const sound = Buffer.concat([header(0xffff_ffff), Buffer.from('0123456789')]);

let test: TestEngine;
let http: HttpServer;
let dialogue: TestDialogue;
let transcript: TestTranscript;
let dir: string;
const browsers = {} as Record<MemberRole, Browser>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-sound-'));
  test = await createTestEngine();
  http = await startHttp(test, {
    speechAudio: { open: (dialogueId, id) => soundOf(dir, { dialogueId, runId: id }) },
  });
  dialogue = await TestDialogue.open(test.engine);
  await mkdir(join(dir, dialogue.id));
  await writeFile(join(dir, dialogue.id, `${runId}.wav`), sound);
  transcript = new TestTranscript(dialogue);
  for (const role of ['secretary', 'host', 'supervisor', 'operator', 'officer'] as const) {
    const accountId = randomUUID();
    const input = { id: accountId, username: role, displayName: role, isAdmin: false };
    await http.accounts.createWithoutPassword(input);
    await dialogue.do(admin, 'member.assign', { accountId, role });
    browsers[role] = await http.browser().enter({ kind: 'staff', accountId });
  }
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
});
afterAll(async () => {
  await http.close();
  await test.close();
  await rm(dir, { recursive: true });
});

const path = (name: string) => `/api/dialogues/${dialogue.id}/${name}`;
const read = async (who: Browser, query = ''): Promise<TranscriptBody> =>
  (await who.get(path(`transcript${query}`))).body;

describe('the transcript', () => {
  it('is read in order of time, as far as its reader may', async () => {
    const questionId = await dialogue.accepted(1);
    const wording = 'Bao giờ làm đường? Gọi tôi số 0912345678';
    await dialogue.do(dialogue.secretary, 'question.edit', { questionId, wording });
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
    const at = Date.now();
    const later = await transcript.hear(1, 'Gọi bà Lan số 0912345678', { startedAt: at + 9_000 });
    await transcript.redact(later, 'bà Lan', 'Tên người khác');
    const earlier = await transcript.hear('central', 'Mời bà con', { startedAt: at + 1_000 });
    const english = await transcript.type('Please', { track: 'en' });

    const full = await read(browsers.secretary);
    expect(full.lines.map(({ id }) => id)).toEqual([english, earlier, later]);
    expect(full).toMatchObject({
      version: 1,
      state: 'draft',
      certification: null,
      tracks: ['en', 'vi'],
      questions: [{ id: questionId, wording, asker: 'Nguyễn Thị An' }],
    });
    expect(full.lines[2]).toMatchObject({
      text: 'Gọi bà Lan số 0912345678',
      work: { revision: 1, source: 'engine', isRemoved: false },
      redactions: [{ start: 4, end: 10 }],
    });
    expect(full.lines[2]!.words).toHaveLength(5);

    for (const role of ['supervisor', 'host'] as const) {
      const { text } = await browsers[role].get(path('transcript'));
      expect(text).not.toMatch(/Lan|0912/);
      const shown = await read(browsers[role]);
      expect(shown.hash).toBe(full.hash);
      expect(shown.lines[2]).toMatchObject({
        audio: { runId: expect.any(String) },
        work: null,
        redactions: [{ reason: 'Tên người khác' }],
      });
      const { words, text: said } = shown.lines[2]!;
      expect(words?.map((word) => word.text).join(' ')).toBe(said);
      expect(words?.[0]).toMatchObject({ text: 'Gọi', startMs: 0, endMs: 500 });
    }
    for (const [query, ids] of [
      [`?questionId=${questionId}`, [english, earlier, later]],
      [`?questionId=${randomUUID()}`, []],
      ['?track=en', [english]],
      ['?version=1&track=vi', [earlier, later]],
    ] as const) {
      expect((await read(browsers.secretary, query)).lines.map(({ id }) => id)).toEqual(ids);
    }
    for (const [query, status] of [
      ['?version=2', 404],
      ['?version=x', 400],
      ['?questionId=x', 400],
      ['?track=Việt', 400],
    ] as const) {
      expect((await browsers.secretary.get(path(`transcript${query}`))).status, query).toBe(status);
    }
    expect((await browsers.operator.get(path('transcript'))).status).toBe(403);
  });

  it('gives lines by their ids, removed ones to whoever edits', async () => {
    const [kept, removed] = [await transcript.type('Còn'), await transcript.type('Bỏ')];
    const { secretary } = dialogue;
    await dialogue.do(secretary, 'transcript.remove', await transcript.read(removed));
    const lines = async (who: Browser, ids: string) => {
      const { status, body } = await who.get(path(`transcript/lines?ids=${ids}`));
      return status === 200 ? body.lines.map(({ id }: { id: string }) => id) : status;
    };
    const ids = [removed, kept, randomUUID()].join(',');
    expect(await lines(browsers.secretary, ids)).toEqual([removed, kept]);
    expect(await lines(browsers.supervisor, ids)).toEqual([kept]);
    expect(await lines(browsers.secretary, '')).toBe(400);
    expect(await lines(browsers.officer, kept)).toBe(403);
  });

  it('tells a line’s history to whoever edits it', async () => {
    const lineId = await transcript.type('Xin chao');
    await transcript.edit(lineId, 'Xin chào');
    const history = (who: Browser, id = lineId) => who.get(path(`transcript/lines/${id}/history`));
    expect((await history(browsers.secretary)).body.entries).toMatchObject([
      { type: 'transcript.added' },
      { type: 'transcript.edited', payload: { before: 'Xin chao' } },
    ]);
    expect((await history(browsers.supervisor)).status).toBe(403);
    expect((await history(browsers.secretary, randomUUID())).status).toBe(404);
  });

  it('is served later as it was certified, with a hash that anybody can take again', async () => {
    const { secretary } = dialogue;
    const lineId = await transcript.type('Bản thứ nhất');
    await dialogue.do(secretary, 'transcript.finish', {});
    const { hash } = await read(browsers.secretary);
    await dialogue.do(secretary, 'transcript.certify', { hash, certifiedBy: 'Chánh Văn phòng' });
    const certified = await read(browsers.secretary);
    expect(certified).toMatchObject({ version: 1, state: 'certified', hash });
    const canonical = certified.lines.map((line) => ({
      at: line.at,
      endAt: line.endAt,
      id: line.id,
      questionId: line.questionId,
      redactions: line.redactions.map(({ end, reason, start }) => ({ end, reason, start })),
      speaker: Object.fromEntries(
        Object.entries(line.speaker).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      text: line.text,
      track: line.track,
    }));
    const again = createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
    expect(again).toBe(hash);

    await transcript.hear(1, 'Nghe sau khi xác nhận');
    expect((await read(browsers.secretary)).lines).toHaveLength(certified.lines.length);
    const next = await read(browsers.secretary, '?version=2');
    expect(next).toMatchObject({ version: 2, state: 'draft', certification: null });
    expect(next.lines).toHaveLength(certified.lines.length + 1);
    await dialogue.do(secretary, 'transcript.supersede', { reason: 'Bổ sung' });
    await transcript.edit(lineId, 'Bản thứ hai');
    const first = await read(browsers.secretary, '?version=1');
    expect(first).toMatchObject({
      state: 'certified',
      certification: { certifiedBy: 'Chánh Văn phòng', reason: 'Bổ sung' },
      lines: certified.lines,
    });
    expect((await read(browsers.secretary)).version).toBe(2);
  });
});

describe('the transcript as a file', () => {
  const file = (who: Browser, name: string) => who.get(path(`transcript.${name}`));

  it.each([
    ['vtt', 'text/vtt; charset=utf-8'],
    ['srt', 'application/x-subrip; charset=utf-8'],
    ['txt', 'text/plain; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ])('is kept as %s, without what its reader may not see', async (extension, type) => {
    const { status, headers, text, bytes } = await file(browsers.supervisor, extension);
    expect([status, headers.get('content-type')]).toEqual([200, type]);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="doi-thoai-voi-nong-dan-go-bang.${extension}"`,
    );
    const said = extension === 'docx' ? unzip(bytes).get('word/document.xml')! : text;
    expect(said).toContain('Mời bà con');
    expect(said).not.toMatch(/bà Lan|0912/);
    if (extension === 'docx' || extension === 'json') expect(said).toContain('Tên người khác');
    // Of the languages one, but as JSON.
    expect(said.includes('Please')).toBe(extension === 'json');
    expect((await file(browsers.officer, extension)).status).toBe(403);
  });

  it('is whole for whoever edits it, and as everybody reads it where they ask for that', async () => {
    expect((await file(browsers.secretary, 'txt')).text).toContain('bà Lan số 0912345678');
    const published = await file(browsers.secretary, 'txt?form=public');
    expect(published.text).not.toMatch(/bà Lan|0912/);
    const { body } = await file(browsers.secretary, 'json?form=public');
    for (const line of body.lines) expect(line).toMatchObject({ audio: null, work: null });
    // Mistyped, it is nothing rather than all.
    expect((await file(browsers.secretary, 'txt?form=Public')).status).toBe(400);
  });

  it('has a part of it, of a version, in a language', async () => {
    const english = await file(browsers.secretary, 'srt?track=en&lang=en');
    expect(english.text).toContain('Host: Please');
    expect(english.text).not.toContain('Mời bà con');
    const { questions } = await read(browsers.secretary);
    const { text } = await file(
      browsers.supervisor,
      `txt?questionId=${questions[0]!.id}&version=1`,
    );
    expect(text).toContain('Mời bà con');
    expect(text).toContain('Người xác nhận: Chánh Văn phòng');
    expect((await file(browsers.secretary, 'vtt?version=9')).status).toBe(404);
  });

  it('passes a strict parser of WebVTT', async () => {
    const { text } = await file(browsers.secretary, 'vtt');
    const { errors, cues } = new WebVTTParser().parse(text, 'subtitles');
    expect(errors).toEqual([]);
    expect(cues.length).toBeGreaterThan(0);
  });
});

describe('the sound that was transcribed', () => {
  const listen = (who: Browser, range?: string, id: string = runId) =>
    who.get(path(`speech/${id}.wav`), range === undefined ? {} : { headers: { range } });

  it('can be heard from the moment that it is written, and says how long it is', async () => {
    const { status, headers, bytes } = await listen(browsers.supervisor);
    expect([status, headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(bytes).toEqual(Buffer.concat([header(10), Buffer.from('0123456789')]));
  });

  it.each([
    ['bytes=44-46', '012', 'bytes 44-46/54'],
    ['bytes=50-', '6789', 'bytes 50-53/54'],
    ['bytes=-2', '89', 'bytes 52-53/54'],
    ['bytes=40-45', header(10).subarray(40).toString('latin1') + '01', 'bytes 40-45/54'],
    ['bytes=36-39', 'data', 'bytes 36-39/54'],
  ])('in part: %s', async (range, part, told) => {
    const { status, headers, bytes } = await listen(browsers.secretary, range);
    expect([status, headers.get('content-range')]).toEqual([206, told]);
    expect(bytes.toString('latin1')).toBe(part);
  });

  it('not beyond its end, not of another run, and not by everybody', async () => {
    const beyond = await listen(browsers.secretary, 'bytes=99-');
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */54']);
    expect((await listen(browsers.secretary, undefined, randomUUID())).status).toBe(404);
    expect((await listen(browsers.secretary, undefined, '../x')).status).toBe(404);
    expect((await listen(browsers.host)).status).toBe(200);
    for (const role of ['operator', 'officer'] as const) {
      expect((await listen(browsers[role])).status, role).toBe(403);
    }
  });
});

/** RIFF, one channel of 16 bit at 16 kHz. */
function header(soundBytes: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(Math.min(soundBytes + 36, 0xffff_ffff), 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(16_000, 24);
  bytes.writeUInt32LE(32_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(soundBytes, 40);
  return bytes;
}
