import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { focusOf, owedQuestions } from './focus.ts';

const onAir = question({ id: 'on air', state: 'onAir', acceptedAt: 5 });
const first = question({ id: 'first', state: 'heard', acceptedAt: 1 });
const second = question({ id: 'second', state: 'heard', acceptedAt: 2 });
const done = question({ id: 'done', state: 'disposed', disposition: { kind: 'answeredHere' } });

it('owes those heard, the newest first', () => {
  expect(owedQuestions([first, onAir, done, second]).map(({ id }) => id)).toEqual([
    'second',
    'first',
  ]);
});

type Ids = Parameters<typeof focusOf>[1];
const none: Ids = { turn: null, chosen: null, lastHeard: null };
const turn = { questionId: 'on air' };

it.each<[string, DeskQuestionFact[], Partial<Ids>, string | null, string | null]>([
  ['nothing', [], {}, null, null],
  ['all decided', [done], { lastHeard: 'done' }, null, null],
  ['the floor', [onAir, first], { turn }, 'on air', 'floor'],
  ['a hand', [first], { turn: { questionId: null }, lastHeard: 'first' }, null, null],
  ['a reply to what was decided', [done], { turn: { questionId: 'done' } }, 'done', 'floor'],
  ['one chosen from those owed', [onAir, first], { turn, chosen: 'first' }, 'first', 'chosen'],
  ['one chosen and decided since', [onAir, done], { turn, chosen: 'done' }, 'on air', 'floor'],
  ['after the turn', [first, second], { lastHeard: 'first' }, 'first', 'owed'],
  ['opened after the turn', [first, second], {}, 'second', 'owed'],
])('%s', (_case, questions, ids, id, because) => {
  const focus = focusOf(new Map(questions.map((one) => [one.id, one])), { ...none, ...ids });
  expect(focus?.question.id ?? null).toBe(id);
  expect(focus?.because ?? null).toBe(because);
});
