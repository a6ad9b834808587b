import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { inverseOf } from './inverse.ts';
import type { AnyCommand, QuestionsView } from './inverse.ts';
import { question } from './question.fixture.ts';

function view(...questions: DeskQuestionFact[]): QuestionsView {
  return {
    question: (id) => questions.find((one) => one.id === id),
    queue: questions.filter(({ state }) => state === 'accepted').map(({ id }) => id),
  };
}

const answered = { kind: 'answeredHere' } as const;
const outside = { kind: 'outside', reason: 'Không thuộc chủ đề' } as const;
const q = { questionId: 'question' };

type Case = [string, AnyCommand, DeskQuestionFact, DeskQuestionFact, AnyCommand | null];

const cases: Case[] = [
  [
    'an edit of the wording alone',
    { name: 'question.edit', payload: { ...q, wording: 'Mới' } },
    question(),
    question({ wording: 'Mới' }),
    { name: 'question.edit', payload: { ...q, wording: question().wording } },
  ],
  [
    'an edit whose question has been called since',
    { name: 'question.edit', payload: { ...q, field: null } },
    question(),
    question({ state: 'onAir' }),
    null,
  ],
  [
    'on deck',
    { name: 'floor.prepare', payload: q },
    question(),
    question({ state: 'onDeck', turnId: 'turn' }),
    { name: 'floor.release', payload: { turnId: 'turn' } },
  ],
  [
    'on deck, on air meanwhile',
    { name: 'floor.prepare', payload: q },
    question(),
    question({ state: 'onAir', turnId: 'turn' }),
    null,
  ],
  [
    'off deck',
    { name: 'floor.release', payload: { turnId: 'turn' } },
    question({ state: 'onDeck', turnId: 'turn' }),
    question(),
    { name: 'floor.prepare', payload: q },
  ],
  [
    'a first disposition',
    { name: 'question.dispose', payload: { ...q, disposition: answered } },
    question({ state: 'heard' }),
    question({ state: 'disposed', disposition: answered }),
    { name: 'question.undispose', payload: q },
  ],
  [
    'a changed disposition',
    { name: 'question.dispose', payload: { ...q, disposition: answered } },
    question({ state: 'disposed', disposition: outside }),
    question({ state: 'disposed', disposition: answered }),
    { name: 'question.dispose', payload: { ...q, disposition: outside } },
  ],
  [
    'a disposition taken back',
    { name: 'question.undispose', payload: q },
    question({ state: 'disposed', disposition: outside }),
    question({ state: 'heard' }),
    { name: 'question.dispose', payload: { ...q, disposition: outside } },
  ],
];

describe('taking back', () => {
  it.each(cases)('%s', (_case, { name, payload }, before, after, inverse) => {
    const taken = inverseOf(name, payload, 'question', view(before));
    expect(taken?.(view(after))).toEqual(inverse);
  });

  it.each<[string, AnyCommand, DeskQuestionFact]>([
    ['an acceptance', { name: 'question.accept', payload: q }, question({ state: 'forwarded' })],
    ['a call', { name: 'floor.call', payload: q }, question()],
    [
      'the disposition of a question that was never called',
      { name: 'question.dispose', payload: { ...q, disposition: answered } },
      question(),
    ],
  ])('does not offer %s', (_case, { name, payload }, before) => {
    expect(inverseOf(name, payload, 'question', view(before))).toBeNull();
  });
});

describe('moving back', () => {
  const queued = (id: string, state: DeskQuestionFact['state'] = 'accepted') =>
    question({ id, state });
  const before = view(queued('a'), queued('b'), queued('c'));
  const back = inverseOf('question.move', { questionId: 'a', beforeQuestionId: null }, 'a', before);

  it.each([
    ['before its old follower', [queued('b'), queued('c'), queued('a')], 'b'],
    ['before the next one still there', [queued('b', 'onAir'), queued('c'), queued('a')], 'c'],
    ['last, when none is left', [queued('a')], null],
  ])('%s', (_case, now, beforeQuestionId) => {
    expect(back?.(view(...now))).toEqual({
      name: 'question.move',
      payload: { questionId: 'a', beforeQuestionId },
    });
  });
});
