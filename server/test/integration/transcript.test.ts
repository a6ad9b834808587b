import { randomUUID } from 'node:crypto';
import type { Audience } from '@nhip-cau/shared/model/audience';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { CaptionFact, DeskCaptionFact } from '@nhip-cau/shared/protocol/facts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, system } from '../../src/dialogue/kernel/actor.ts';
import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { hashOf, presentLines } from '../../src/dialogue/transcript/versions.ts';
import { findRowFault } from '../../src/store/verify-rows.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { readLineHistory } from '../../src/dialogue/transcript/history.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { heardLine, TestTranscript } from '../support/transcript.ts';

let test: TestEngine & { url: string };
let dialogue: TestDialogue;
let transcript: TestTranscript;
let secretary: Actor;

beforeAll(async () => {
  test = await createTestEngine();
});
afterAll(() => test.close());
beforeEach(async () => {
  dialogue = await TestDialogue.open(test.engine);
  transcript = new TestTranscript(dialogue);
  secretary = dialogue.secretary;
  await dialogue.do(secretary, 'dialogue.start', {});
});

type Names = Extract<CommandName, `transcript.${string}`>;

/** Sends, and gives the refusal; `null`: it was carried out. */
async function refusal<Name extends Names>(
  name: Name,
  payload: CommandPayload<Name>,
  actor: Actor = secretary,
) {
  const outcome = await dialogue.send(actor, name, payload);
  return outcome.ok ? null : outcome.error;
}

async function captions(audience: Audience): Promise<Map<string, CaptionFact>> {
  const { puts } = (await test.engine.boards(dialogue.id)).since(audience, undefined);
  return new Map(
    puts
      .filter(({ collection }) => collection === 'caption')
      .map(({ id, value }) => [id, value as CaptionFact]),
  );
}

const caption = async (id: string) => (await captions('everyone')).get(id);
const desk = async (id: string) => (await captions('desk')).get(id) as DeskCaptionFact | undefined;

describe('what an engine hears', () => {
  it('belongs to the turn that was on air, and comes once however often it is told', async () => {
    const questionId = await dialogue.accepted(1);
    await dialogue.do(secretary, 'floor.call', { questionId });
    const turnId = (await dialogue.state()).currentTurnId!;
    const line = heardLine(await dialogue.hall(1), 'Tôi xin hỏi', { track: 'vi' });
    const commandId = randomUUID();
    const first = await dialogue.send(system, 'transcript.hear', line, commandId);
    expect(await dialogue.send(system, 'transcript.hear', line, commandId)).toEqual(first);
    expect(await refusal('transcript.hear', line, system)).toMatchObject({
      code: 'already_exists',
    });
    expect(await refusal('transcript.hear', line)).toMatchObject({ code: 'not_allowed' });
    expect((await dialogue.state()).lines).toHaveLength(1);
    expect(await desk(line.lineId)).toMatchObject({
      turnId,
      questionId,
      text: 'Tôi xin hỏi',
      lowWords: [],
      source: 'engine',
      audio: { runId: line.runId, startMs: 1_000, endMs: 2_500 },
      speaker: { kind: 'turn', bridgePointName: 'Điểm cầu 1', asker: 'Nguyễn Thị An' },
    });
    await dialogue.do(secretary, 'floor.end', { turnId });
    const answer = await transcript.hear('central', 'Thành phố ghi nhận');
    expect(await desk(answer)).toMatchObject({
      turnId: null,
      questionId,
      speaker: { kind: 'host', name: null },
    });
  });

  it('is refused from a hall that is not there, and when it ends before it begins', async () => {
    const line = heardLine(await dialogue.hall(1), 'Xin chào');
    const elsewhere = { ...line, bridgePointId: randomUUID() };
    expect(await refusal('transcript.hear', elsewhere, system)).toMatchObject({
      code: 'not_found',
    });
    const backwards = { ...line, endedAt: line.startedAt - 1 };
    expect(await refusal('transcript.hear', backwards, system)).toMatchObject({ code: 'invalid' });
  });

  it('has its words as they are written, with the doubt of those that they stand for', async () => {
    const lineId = await transcript.hear(1, 'hai mươi đồng', {
      text: '20 đồng.',
      words: [
        { text: 'hai', startMs: 0, endMs: 200, confidence: 0.9 },
        { text: 'mươi', startMs: 200, endMs: 500, confidence: 0.3 },
        { text: 'đồng', startMs: 600, endMs: 900, confidence: 0.8 },
      ],
    });
    expect((await transcript.line(lineId)).words).toEqual([
      { text: '20', startMs: 0, endMs: 500, confidence: 0.3 },
      { text: 'đồng.', startMs: 600, endMs: 900, confidence: 0.8 },
    ]);
    expect(await desk(lineId)).toMatchObject({ lowWords: [0] });
  });

  it('stands late where it was said, and behind the newest it is for the desk alone', async () => {
    const now = Date.now();
    for (let line = 0; line < 60; line += 1) {
      await transcript.hear(1, `Dòng ${line}`, { startedAt: now + line * 1_000 });
    }
    const early = await transcript.hear(1, 'Rất muộn', { startedAt: now - 5_000, isLate: true });
    expect(await caption(early)).toBeUndefined();
    expect(await desk(early)).toMatchObject({ isLate: true });
    expect((await captions('everyone')).size).toBe(60);
    const between = await transcript.hear(1, 'Muộn', { startedAt: now + 30_500, isLate: true });
    expect(await caption(between)).toMatchObject({ isLate: true, at: now + 30_500 });
    expect((await captions('everyone')).size).toBe(60);
    await dialogue.do(secretary, 'transcript.remove', await transcript.read(between));
    expect(await caption(between)).toBeUndefined();
    expect((await captions('everyone')).size).toBe(60);
    const translated = await transcript.type('Late', { track: 'en' });
    expect(await caption(translated)).toMatchObject({ track: 'en' });
    expect((await captions('everyone')).size).toBe(61);
  });

  it('is kept from halls and phones while captions are muted, and written down', async () => {
    await dialogue.do(secretary, 'transcript.mute', { muted: true });
    expect(await refusal('transcript.mute', { muted: true })).toMatchObject({
      code: 'wrong_state',
    });
    const heard = await transcript.hear(1, 'Nghe sai');
    const typed = await transcript.type('Gõ tay');
    await dialogue.do(secretary, 'transcript.mute', { muted: false });
    expect([await caption(heard), (await caption(typed))?.text]).toEqual([undefined, 'Gõ tay']);
    expect(await desk(heard)).toMatchObject({ isWithheld: true });
    await dialogue.do(secretary, 'transcript.remove', await transcript.read(heard));
    await dialogue.do(secretary, 'transcript.restore', await transcript.read(heard));
    expect(await caption(heard)).toBeUndefined();
  });

  it.each([
    ['a muted line behind a shown one', false, true],
    ['a shown line behind a muted one', true, false],
  ])('is kept from halls and phones with %s', async (_what, ...muted) => {
    const runId = randomUUID();
    const now = Date.now();
    const ids: string[] = [];
    for (const [index, isMuted] of muted.entries()) {
      if (isMuted) await dialogue.do(secretary, 'transcript.mute', { muted: true });
      ids.push(await transcript.hear(1, `Câu ${index}`, { startedAt: now + index, runId }));
      if (isMuted) await dialogue.do(secretary, 'transcript.mute', { muted: false });
    }
    const [lineId, nextLineId] = ids as [string, string];
    await transcript.merge(lineId, nextLineId);
    expect(await desk(lineId)).toMatchObject({ text: 'Câu 0 Câu 1', isWithheld: true });
    const split = { ...(await transcript.read(lineId)), newLineId: randomUUID(), at: 5 };
    await dialogue.do(secretary, 'transcript.split', split);
    expect([...(await captions('everyone')).keys()]).toEqual([]);
  });

  it('is masked for everybody and not for the desk', async () => {
    const lineId = await transcript.hear(1, 'Gọi tôi số 0912345678 nhé');
    expect((await caption(lineId))?.text).not.toContain('0912');
    expect((await desk(lineId))?.text).toContain('0912345678');
  });

  it('names nobody to everybody who has not agreed to it', async () => {
    const person = await dialogue.joined(2);
    const questionId = await dialogue.ask(person);
    await dialogue.do(await dialogue.moderator(2), 'question.forward', { questionId });
    await dialogue.do(secretary, 'question.accept', { questionId });
    await dialogue.do(secretary, 'floor.call', { questionId });
    const shown = await transcript.hear(2, 'Tôi đây', { speakerName: 'Bà An' });
    const hidden = await transcript.hear(3, 'Tôi nữa', { speakerName: 'Ông Bình' });
    expect((await caption(shown))?.speaker).toMatchObject({ name: 'Bà An' });
    expect((await caption(hidden))?.speaker).toMatchObject({ asker: null, name: null });
    expect((await desk(hidden))?.speaker).toMatchObject({ name: 'Ông Bình' });
  });
});

describe('two editors of one line', () => {
  it('are not both right: one is told the present revision, and nothing is lost', async () => {
    const lineId = await transcript.type('Xin chao');
    const asRead = await transcript.read(lineId);
    const texts = ['Xin chào', 'Xin cháo'];
    const outcomes = await Promise.all(
      texts.map((text) => refusal('transcript.edit', { ...asRead, text })),
    );
    expect(outcomes.filter((error) => error === null)).toHaveLength(1);
    expect(outcomes.find((error) => error !== null)).toEqual({
      code: 'changed_meanwhile',
      details: { lineId, revision: 1 },
    });
    const won = texts[outcomes.indexOf(null)]!;
    expect(await transcript.line(lineId)).toMatchObject({ text: won, revision: 1 });
    expect(await caption(lineId)).toMatchObject({ text: won, isCorrected: true });
  });

  it.each([
    ['transcript.edit', { text: 'khác' }],
    ['transcript.attribute', { speaker: { kind: 'host' }, speakerName: 'Ông Bình' }],
    ['transcript.split', { newLineId: randomUUID(), at: 4 }],
    ['transcript.remove', {}],
    ['transcript.redact', { redactionId: randomUUID(), start: 0, end: 3, reason: 'Đời tư' }],
  ] as const)('%s says what it has read', async (name, payload) => {
    const lineId = await transcript.type('Xin chào');
    await transcript.edit(lineId, 'Xin kính chào');
    const late = { lineId, revision: 0, ...payload } as never;
    expect(await refusal(name, late)).toMatchObject({ code: 'changed_meanwhile' });
    const current = { lineId, revision: 1, ...payload } as never;
    expect(await refusal(name, current)).toBeNull();
    expect((await transcript.line(lineId)).revision).toBe(2);
  });

  it('replace all or nothing', async () => {
    const [one, other] = [await transcript.type('Hà nội'), await transcript.type('ở Hà nội')];
    const changes = [
      { ...(await transcript.read(one)), text: 'Hà Nội' },
      { ...(await transcript.read(other)), text: 'ở Hà Nội' },
    ];
    await transcript.edit(other, 'tại Hà nội');
    expect(await refusal('transcript.replace', { changes })).toMatchObject({
      code: 'changed_meanwhile',
      details: { lineId: other },
    });
    expect((await transcript.line(one)).text).toBe('Hà nội');
    const twice = [changes[0]!, changes[0]!];
    expect(await refusal('transcript.replace', { changes: twice })).toMatchObject({
      code: 'invalid',
    });
    changes[1] = { ...(await transcript.read(other)), text: 'tại Hà Nội' };
    expect(await refusal('transcript.replace', { changes })).toBeNull();
    const texts = [await transcript.line(one), await transcript.line(other)];
    expect(texts.map(({ text }) => text)).toEqual(['Hà Nội', 'tại Hà Nội']);
  });
});

describe('a line', () => {
  it('is split and merged again, with its times and its sound', async () => {
    const lineId = await transcript.hear(1, 'Xin chào. Tôi hỏi');
    const before = await transcript.line(lineId);
    const whole = structuredClone(before);
    const newLineId = randomUUID();
    const split = { ...(await transcript.read(lineId)), newLineId, at: 10 };
    expect(await refusal('transcript.split', { ...split, at: 0 })).toMatchObject({
      code: 'invalid',
    });
    await dialogue.do(secretary, 'transcript.split', split);
    expect(await transcript.line(newLineId)).toMatchObject({
      text: 'Tôi hỏi',
      at: whole.at + 1_000,
      offsetMs: whole.offsetMs + 1_000,
      audio: { startMs: 2_000, endMs: 3_000 },
      source: 'engine',
    });
    await transcript.merge(lineId, newLineId);
    const { text, words, audio, at, endAt } = whole;
    expect(await transcript.line(lineId)).toMatchObject({ text, words, audio, at, endAt });
    expect(await caption(newLineId)).toBeUndefined();
    expect(await desk(newLineId)).toMatchObject({ isRemoved: true });
  });

  it('is not merged with one of another track, nor with one that is gone', async () => {
    const [line, translated] = [
      await transcript.type('Xin chào'),
      await transcript.type('Hello', { track: 'en' }),
    ];
    const merge = async (nextLineId: string) =>
      refusal('transcript.merge', {
        ...(await transcript.read(line)),
        nextLineId,
        nextRevision: (await transcript.line(nextLineId)).revision,
      });
    expect(await merge(translated)).toMatchObject({ code: 'invalid' });
    const gone = await transcript.type('bà con');
    await dialogue.do(secretary, 'transcript.remove', await transcript.read(gone));
    expect(await merge(gone)).toMatchObject({ code: 'wrong_state' });
    await dialogue.do(secretary, 'transcript.restore', await transcript.read(gone));
    expect(await merge(gone)).toBeNull();
    expect((await transcript.line(line)).text).toBe('Xin chào bà con');
  });

  it('is given to another turn, or to the head table', async () => {
    const questionId = await dialogue.accepted(1);
    const waiting = await dialogue.accepted(2);
    await dialogue.do(secretary, 'floor.call', { questionId });
    await dialogue.do(secretary, 'floor.prepare', { questionId: waiting });
    const { currentTurnId, onDeckTurnIds } = await dialogue.state();
    const lineId = await transcript.type('Thành phố ghi nhận');
    const attribute = async (turnId: string) =>
      refusal('transcript.attribute', {
        ...(await transcript.read(lineId)),
        speaker: { kind: 'turn', turnId },
        speakerName: null,
      });
    expect(await attribute([...onDeckTurnIds][0]!)).toMatchObject({ code: 'wrong_state' });
    expect(await attribute(randomUUID())).toMatchObject({ code: 'not_found' });
    expect(await attribute(currentTurnId!)).toBeNull();
    expect(await desk(lineId)).toMatchObject({
      questionId,
      bridgePointId: await dialogue.hall(1),
      speaker: { kind: 'turn', asker: 'Nguyễn Thị An' },
    });
    await dialogue.do(secretary, 'transcript.attribute', {
      ...(await transcript.read(lineId)),
      speaker: { kind: 'host' },
      speakerName: 'Ông Bình, Giám đốc Sở',
    });
    expect(await desk(lineId)).toMatchObject({
      questionId,
      turnId: null,
      speaker: { kind: 'host', name: 'Ông Bình, Giám đốc Sở' },
    });
  });

  it('has parts that are not published, whatever else of it is changed', async () => {
    const lineId = await transcript.type('Nhà bà Lan ở số 5');
    const redactionId = await transcript.redact(lineId, 'bà Lan');
    expect((await caption(lineId))?.text).toBe('Nhà ███ ở số 5');
    await transcript.edit(lineId, 'Nhà của bà Lan ở số 5');
    expect((await caption(lineId))?.text).not.toContain('Lan');
    expect((await desk(lineId))?.text).toContain('Lan');
    const again = { ...(await transcript.read(lineId)), redactionId, start: 0, end: 3 };
    expect(await refusal('transcript.redact', { ...again, reason: 'x' })).toMatchObject({
      code: 'already_exists',
    });
    const beyond = { ...again, redactionId: randomUUID(), start: 5, end: 500, reason: 'x' };
    expect(await refusal('transcript.redact', beyond)).toMatchObject({ code: 'invalid' });
    const { revision } = await transcript.read(lineId);
    await dialogue.do(secretary, 'transcript.unredact', { lineId, revision, redactionId });
    expect((await caption(lineId))?.text).toBe('Nhà của bà Lan ở số 5');
  });

  it('has parts that are not published, split and merged as it may be', async () => {
    const lineId = await transcript.type('Nhà bà Lan ở số 5');
    await transcript.redact(lineId, 'bà Lan ở số 5');
    const newLineId = randomUUID();
    const split = { ...(await transcript.read(lineId)), newLineId, at: 'Nhà bà'.length };
    await dialogue.do(secretary, 'transcript.split', split);
    expect((await caption(lineId))?.text).toBe('Nhà ███');
    expect((await caption(newLineId))?.text).toBe('███');
    const between = await transcript.type('Ngọc');
    await transcript.merge(lineId, between);
    expect((await caption(lineId))?.text).toBe('Nhà ███ Ngọc');
    await transcript.merge(lineId, newLineId);
    // One redaction again, from its first word to its last.
    expect((await caption(lineId))?.text).toBe('Nhà ███');
  });

  it('has a history that says who did what, and what was there before', async () => {
    const lineId = await transcript.type('Xin chao');
    await transcript.edit(lineId, 'Xin chào');
    const nextLineId = await transcript.type('bà con');
    await transcript.merge(lineId, nextLineId);
    const history = (id: string) =>
      dialogue.state().then((state) => readLineHistory(createLogReader(test.db), state, id));
    const { entries } = await history(lineId);
    expect(entries).toMatchObject([
      { type: 'transcript.added', actor: { name: 'Thư ký', role: 'secretary' } },
      { type: 'transcript.edited', payload: { before: 'Xin chao', text: 'Xin chào' } },
      { type: 'transcript.merged', payload: { nextLineId } },
    ]);
    expect((await history(nextLineId)).entries.map(({ type }) => type)).toEqual([
      'transcript.added',
      'transcript.merged',
    ]);
    await expect(history(randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a version', () => {
  const hash = async () => hashOf(presentLines(await dialogue.state()));
  const certify = async (given?: string) =>
    refusal(
      'transcript.certify',
      { hash: given ?? (await hash()), certifiedBy: 'Chánh Văn phòng' },
      dialogue.host,
    );

  it('is corrected, certified as it was read, and stays as it is', async () => {
    const lineId = await transcript.type('Xin chào');
    expect(await certify()).toMatchObject({ code: 'wrong_state' });
    await dialogue.do(secretary, 'transcript.finish', {});
    const edit = async () =>
      refusal('transcript.edit', { ...(await transcript.read(lineId)), text: 'khác' });
    expect(await edit()).toMatchObject({ code: 'wrong_state' });
    await dialogue.do(secretary, 'transcript.reopen', {});
    expect(await edit()).toBeNull();
    await dialogue.do(secretary, 'transcript.finish', {});

    const read = await hash();
    const late = await transcript.hear(1, 'Nói thêm');
    expect(await certify(read)).toMatchObject({
      code: 'changed_meanwhile',
      details: { hash: await hash() },
    });
    expect(await certify()).toBeNull();
    const certified = await hash();
    const after = await transcript.hear(1, 'Nghe sau');
    expect(await edit()).toMatchObject({ code: 'wrong_state' });
    expect(await hash()).toBe(certified);

    await dialogue.do(dialogue.host, 'transcript.supersede', { reason: 'Sót lời' });
    expect(await edit()).toBeNull();
    const state = await dialogue.state();
    expect(state.transcript).toMatchObject({ state: 'draft', version: 2 });
    expect(state.transcript.certifications).toMatchObject([
      {
        version: 1,
        hash: certified,
        certifiedBy: 'Chánh Văn phòng',
        by: 'Chủ trì',
        supersededAt: expect.any(Number),
        reason: 'Sót lời',
      },
    ]);
    const kept = state.certifiedLines.get(1)!;
    expect(kept.map(({ id }) => id)).toEqual([lineId, late]);
    expect(hashOf(kept)).toBe(certified);
    expect(presentLines(state).map(({ id }) => id)).toEqual([lineId, late, after]);
  });
});

describe('the log', () => {
  it('tells all of it again after a restart, and the rows say the same', async () => {
    const lineId = await transcript.hear(1, 'Xin chào. Tôi hỏi về đất');
    await transcript.redact(lineId, 'Tôi');
    await transcript.edit(lineId, 'Xin chào. Tôi hỏi về đất đai');
    await dialogue.do(secretary, 'transcript.split', {
      ...(await transcript.read(lineId)),
      newLineId: randomUUID(),
      at: 10,
    });
    await transcript.hear('central', 'Muộn', { isLate: true, confidence: 1 / 3 });
    await transcript.type('Hello', { track: 'en', speakerName: 'Phiên dịch' });
    await dialogue.do(secretary, 'transcript.mute', { muted: true });
    await transcript.hear(2, 'Không phát');
    await dialogue.do(secretary, 'transcript.vocabulary', {
      terms: [{ term: 'Mê Linh', soundsLike: ['mê ninh'] }],
      abbreviations: [{ short: 'ubnd', long: 'Ủy ban nhân dân' }],
    });
    await dialogue.do(secretary, 'transcript.finish', {});
    await dialogue.do(secretary, 'transcript.certify', {
      hash: hashOf(presentLines(await dialogue.state())),
      certifiedBy: 'Chánh Văn phòng',
    });
    await transcript.hear(2, 'Nghe sau');

    const told = async ({ engine }: TestEngine) => {
      const boards = await engine.boards(dialogue.id);
      return (['everyone', 'desk', 'host'] as const).map((audience) => {
        const { puts } = boards.since(audience, undefined);
        return new Map(puts.map(({ collection, id, value }) => [`${collection}:${id}`, value]));
      });
    };
    const restarted = await createTestEngine(test.url);
    try {
      expect(await told(restarted)).toEqual(await told(test));
      const [one, other] = [await dialogue.state(), (await restarted.engine.read(dialogue.id))!];
      expect(other.lines).toEqual(one.lines);
      expect(other.lineTrails).toEqual(one.lineTrails);
      expect(other.certifiedLines).toEqual(one.certifiedLines);
    } finally {
      await restarted.close();
    }
    const entries = (await createLogReader(test.db).readEntries(dialogue.id, {})) as LogEntry[];
    expect(await findRowFault(test.db, dialogue.id, entries)).toBeNull();
  });
});
