import { defaultRules } from '@nhip-cau/shared/model/session';
import { describe, expect, test } from 'vitest';
import { type BridgePoint, DialogueState, type Question } from '../kernel/state.ts';
import { lineOf } from '../transcript/line.fixture.ts';
import { buildRecord } from './record.ts';
import { fileName } from './file-name.ts';

const began = Date.UTC(2026, 0, 5, 1, 0, 0);

describe('the record', () => {
  test.each([
    ['public', 'desk', 'Nguyễn Thị Lan'],
    ['hall', 'desk', 'Nguyễn Thị Lan'],
    ['desk', 'desk', 'Nguyễn Thị Lan'],
    ['none', 'desk', null],
    ['public', 'public', 'Nguyễn Thị Lan'],
    ['hall', 'public', null],
    ['desk', 'public', null],
    ['none', 'public', null],
  ] as const)(
    'a name given as %s is read by the %s reader as %s',
    (nameVisibility, reader, name) => {
      const record = buildRecord(dialogue({ nameVisibility }), reader, began);
      expect(record.questions[0]?.asker).toBe(name);
      expect(record.turns[0]?.asker).toBe(name);
      expect(record.transcript[1]?.speaker).toMatchObject({ asker: name });
    },
  );

  test('keeps the own words for the desk and no code that lets anybody in', () => {
    const state = dialogue({});
    expect(buildRecord(state, 'desk', began).questions[0]?.original).toBe('nguyên văn');
    const shown = buildRecord(state, 'public', began);
    expect(shown.questions[0]?.original).toBeNull();
    expect(JSON.stringify(shown)).not.toContain('JOINME');
  });

  test.each([
    ['accepted', { state: 'accepted', acceptedAt: began }, true],
    ['decided upon at once', { state: 'disposed', disposition: { kind: 'answeredHere' } }, true],
    ['asked', { state: 'asked', forwardedAt: null }, false],
    ['forwarded', { state: 'forwarded' }, false],
    ['returned', { state: 'returned', returnReason: 'ngoài chủ đề', returnedBy: 'city' }, false],
    ['withdrawn', { state: 'withdrawn', forwardedAt: null }, false],
    ['returned after it was accepted', { state: 'returned', acceptedAt: began }, false],
    ['withdrawn after it was accepted', { state: 'withdrawn', acceptedAt: began }, false],
  ] as const)('a question %s is read by the public: %o', (_state, asked, isRead) => {
    const state = dialogue({ acceptedAt: null, turnId: null, ...asked });
    state.turns.clear();
    state.lines.splice(0);
    const desk = buildRecord(state, 'desk', began);
    expect([desk.questions.length, desk.otherQuestions]).toEqual([1, 0]);
    const shown = buildRecord(state, 'public', began);
    expect([shown.questions.length, shown.otherQuestions]).toEqual(isRead ? [1, 0] : [0, 1]);
    expect(JSON.stringify(shown).includes('Bao giờ có sổ đỏ?')).toBe(isRead);
  });

  test('keeps why a question was returned for those who work with it', () => {
    const state = dialogue({ returnReason: 'ngoài chủ đề', returnedBy: 'city' });
    const [desk, shown] = [buildRecord(state, 'desk', began), buildRecord(state, 'public', began)];
    expect(desk.questions[0]).toMatchObject({ returnReason: 'ngoài chủ đề', returnedBy: 'city' });
    expect(shown.questions[0]).toMatchObject({ returnReason: null, returnedBy: null });
  });

  test('adds up attendance, and the clock of a turn that runs', () => {
    const record = buildRecord(dialogue({}), 'desk', began + 40_000);
    expect(record.attendance).toEqual({ expected: 51, headcount: 24, joined: 3, hallsReported: 1 });
    expect(record.turns[0]).toMatchObject({ spokenMs: 30_000, calledAt: began + 10_000 });
    expect(record.halls.map(({ isCentral }) => isCentral)).toEqual([true, false]);
  });
});

describe('the transcript of the record', () => {
  test('is what was said, as it is published', () => {
    const state = dialogue({});
    state.lines.push(
      lineOf({ id: 'translated', position: 3, at: began, track: 'en', text: 'Welcome.' }),
      lineOf({ id: 'gone', position: 4, at: began, removedAt: began, text: 'Nhầm.' }),
      lineOf({
        id: 'told',
        position: 5,
        at: began + 6_000,
        text: 'Gọi An số 0912345678',
        redactions: [{ id: 'r', start: 4, end: 6, reason: 'Đời tư' }],
      }),
    );
    const { transcript } = buildRecord(state, 'desk', began);
    expect(transcript.map(({ id }) => id)).toEqual(['line-1', 'told', 'line-2']);
    expect(transcript[1]!.text).not.toMatch(/An|0912/);
  });
});

test.each([
  ['Hội nghị: Đối thoại 2026!', 'hoi-nghi-doi-thoai-2026-go-bang.vtt'],
  ['…', 'nhip-cau-go-bang.vtt'],
])('%s is kept as %s', (title, name) => {
  expect(fileName(title, 'go-bang', 'vtt')).toBe(name);
});

function dialogue(asked: Partial<Question>): DialogueState {
  const state = new DialogueState('d');
  state.dialogue = {
    id: 'd',
    title: 'Đối thoại --> 2026',
    organiser: 'UBND Thành phố',
    startsAt: began,
    state: 'live',
    fields: [],
    agencies: [],
    namePolicy: 'optional',
    turnSeconds: 180,
    rules: defaultRules,
    centralBridgePointId: 'central',
    createdAt: began,
    startedAt: began,
    endedAt: null,
    recordingSince: null,
    broadcastSince: null,
    broadcastCode: null,
    presentation: null,
  };
  const hall: BridgePoint = {
    id: 'hall',
    code: 'p-1',
    name: 'Phường <1>',
    district: 'Ba Đình',
    kind: 'phường',
    isCentral: false,
    expectedAttendance: 26,
    headcount: 24,
    headcountAt: began,
    joined: 3,
    present: 3,
    joinCode: 'JOINME',
  };
  const central = { ...hall, id: 'central', code: 'c', isCentral: true, expectedAttendance: 25 };
  state.bridgePoints.set('hall', hall);
  state.bridgePoints.set('central', { ...central, headcount: null, headcountAt: null, joined: 0 });
  state.questions.set('q', {
    id: 'q',
    bridgePointId: 'hall',
    personId: 'p',
    channel: 'phone',
    original: 'nguyên văn',
    wording: 'Bao giờ có sổ đỏ?',
    field: 'Đất đai',
    state: 'onAir',
    asker: 'Nguyễn Thị Lan',
    nameVisibility: 'public',
    askedAt: began,
    forwardedAt: began,
    acceptedAt: began,
    urgency: 'normal',
    code: null,
    attachmentIds: [],
    revision: 0,
    supporters: 0,
    mergedInto: null,
    stateBefore: null,
    pin: null,
    brief: null,
    returnReason: null,
    returnedBy: null,
    disposition: null,
    turnId: 't',
    ...asked,
  });
  state.turns.set('t', {
    id: 't',
    questionId: 'q',
    heldReason: null,
    endReason: null,
    extendedMs: 0,
    districtSpokenMs: 0,
    handId: null,
    kind: 'question',
    bridgePointId: 'hall',
    state: 'onAir',
    clock: { elapsedMs: 0, runningSince: began + 10_000 },
    budgetMs: 180_000,
    preparedAt: began,
    calledAt: began + 10_000,
    endedAt: null,
  });
  state.lines.push(
    lineOf({ id: 'line-1', position: 1, at: began + 5_000, offsetMs: 5_000, text: 'Kính chào.' }),
    lineOf({
      id: 'line-2',
      position: 2,
      at: began + 3_600_250,
      offsetMs: 3_600_250,
      turnId: 't',
      text: '1 < 2 & 3 --> hết giờ rồi',
    }),
  );
  return state;
}
