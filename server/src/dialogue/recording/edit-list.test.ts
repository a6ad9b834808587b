import { describe, expect, it } from 'vitest';
import { type EditEntry, editListOf, trimmed } from './edit-list.ts';

const created = ['dialogue.created', { centralBridgePoint: { id: 'c', name: 'Hà Nội' } }] as const;
const imported = [
  'bridgePoints.imported',
  { added: [{ id: 'h', name: 'Ba Vì 07' }], updated: [] },
] as const;
const asked = ['question.asked', { questionId: 'q', bridgePointId: 'h', text: 'Đường?' }] as const;
const prepared = ['turn.prepared', { turnId: 't', questionId: 'q' }] as const;
const of = <T extends string>(type: T, turnId = 't') => [type, { turnId }] as const;
const dialogue = (what: string) => [`dialogue.${what}`, {}] as const;

function listOf(log: [at: number, entry: readonly [string, object]][], now: number) {
  const first: [number, readonly [string, object]][] = [created, imported, asked, prepared].map(
    (entry) => [0, entry],
  );
  const entries = [...first, ...log].map(([at, [type, payload]]) => ({ at, type, payload }));
  return editListOf(entries as unknown as EditEntry[], now);
}

describe('scenes', () => {
  it.each([
    ['not started', [], null],
    ['the head table alone', [[10, dialogue('started')]], ['10-100 table']],
    [
      'a turn, and the head table before and after it',
      [
        [10, dialogue('started')],
        [20, of('turn.called')],
        [50, of('turn.ended')],
        [90, dialogue('ended')],
      ],
      ['10-20 table', '20-50 h', '50-90 table'],
    ],
    [
      'held and resumed',
      [
        [10, dialogue('started')],
        [20, of('turn.called')],
        [30, of('turn.held')],
        [40, of('turn.resumed')],
        [50, of('turn.ended')],
        [60, dialogue('ended')],
      ],
      ['10-20 table', '20-30 h', '30-40 h held', '40-50 h', '50-60 table'],
    ],
    [
      'a pause is left out',
      [
        [10, dialogue('started')],
        [20, of('turn.called')],
        [30, of('turn.held')],
        [30, dialogue('paused')],
        [70, dialogue('resumed')],
        [80, of('turn.resumed')],
      ],
      ['10-20 table', '20-30 h', '70-80 h held', '80-100 h'],
    ],
    [
      'a handover',
      [
        [10, dialogue('started')],
        [20, of('turn.called')],
        [50, of('turn.ended')],
        [50, ['turn.opened', { turnId: 'u', kind: 'host', bridgePointId: 'c', questionId: 'q' }]],
        [50, of('turn.called', 'u')],
        [80, of('turn.ended', 'u')],
        [80, dialogue('ended')],
      ],
      ['10-20 table', '20-50 h', '50-80 table'],
    ],
  ] as [string, [number, readonly [string, object]][], string[] | null][])(
    '%s',
    (_name, log, expected) => {
      const scenes = listOf(log, 100)?.scenes.map(
        ({ startAt, endAt, speakerId, isHeld }) =>
          `${startAt}-${endAt} ${speakerId ?? 'table'}${isHeld ? ' held' : ''}`,
      );
      expect(scenes ?? null).toEqual(expected);
    },
  );
});

it('makes a chapter of each turn in the wording that was read out', () => {
  const list = listOf(
    [
      [5, ['question.edited', { questionId: 'q', wording: 'Bao giờ làm đường?' }]],
      [10, dialogue('started')],
      [20, of('turn.called')],
      [30, of('turn.held')],
      [40, of('turn.resumed')],
      [50, of('turn.ended')],
    ],
    60,
  );
  expect(
    list?.chapters.map(({ startAt, endAt, hall, question, kind }) => [
      startAt,
      endAt,
      hall,
      question,
      kind,
    ]),
  ).toEqual([
    [10, 20, 'Hà Nội', null, null],
    [20, 50, 'Ba Vì 07', 'Bao giờ làm đường?', 'question'],
    [50, 60, 'Hà Nội', null, null],
  ]);
});

it('leaves out what was not recorded', () => {
  const list = listOf(
    [
      [10, dialogue('started')],
      [20, of('turn.called')],
      [50, of('turn.ended')],
    ],
    90,
  )!;
  const { scenes, chapters } = trimmed(list, 30, 60);
  const times = [
    [30, 50],
    [50, 60],
  ];
  expect(scenes.map(({ startAt, endAt }) => [startAt, endAt])).toEqual(times);
  expect(chapters.map(({ startAt, endAt }) => [startAt, endAt])).toEqual(times);
});
