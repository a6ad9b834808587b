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
const pin = { due: 0, seq: 5, by: 'Thư ký', reason: 'Đại biểu phải về sớm' };
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
    'an edit that somebody else has written over',
    { name: 'question.edit', payload: { ...q, wording: 'Mới' } },
    question(),
    question({ wording: 'Mới hơn' }),
    null,
  ],
  [
    'an urgency',
    { name: 'question.edit', payload: { ...q, urgency: 'urgent' } },
    question(),
    question({ urgency: 'urgent' }),
    { name: 'question.edit', payload: { ...q, urgency: 'normal' } },
  ],
  [
    'an acceptance',
    { name: 'question.accept', payload: q },
    question({ state: 'forwarded' }),
    question(),
    { name: 'question.unaccept', payload: q },
  ],
  [
    'an acceptance, on deck meanwhile',
    { name: 'question.accept', payload: q },
    question({ state: 'forwarded' }),
    question({ state: 'onDeck' }),
    null,
  ],
  [
    'an acceptance taken back',
    { name: 'question.unaccept', payload: q },
    question(),
    question({ state: 'forwarded' }),
    { name: 'question.accept', payload: q },
  ],
  [
    'a return',
    { name: 'question.return', payload: { ...q, reason: 'Chưa rõ' } },
    question(),
    question({ state: 'returned', returnedBy: 'city', returnReason: 'Chưa rõ' }),
    { name: 'question.unreturn', payload: q },
  ],
  [
    'a return taken back',
    { name: 'question.unreturn', payload: q },
    question({ state: 'returned', returnedBy: 'city', returnReason: 'Chưa rõ' }),
    question({ state: 'forwarded' }),
    { name: 'question.return', payload: { ...q, reason: 'Chưa rõ' } },
  ],
  [
    'a merge',
    { name: 'question.merge', payload: { ...q, intoQuestionId: 'lead' } },
    question(),
    question({ state: 'merged', mergedInto: 'lead' }),
    { name: 'question.unmerge', payload: q },
  ],
  [
    'a merge taken apart',
    { name: 'question.unmerge', payload: q },
    question({ state: 'merged', mergedInto: 'lead' }),
    question(),
    { name: 'question.merge', payload: { ...q, intoQuestionId: 'lead' } },
  ],
  [
    'a first move',
    { name: 'question.move', payload: { ...q, beforeQuestionId: null } },
    question(),
    question({ pin }),
    { name: 'question.unpin', payload: q },
  ],
  [
    'a move that somebody gave back to the rule',
    { name: 'question.move', payload: { ...q, beforeQuestionId: null } },
    question(),
    question(),
    null,
  ],
  [
    'a pin taken off',
    { name: 'question.unpin', payload: q },
    question({ pin }),
    question(),
    {
      name: 'question.move',
      payload: { ...q, beforeQuestionId: null, reason: 'Đại biểu phải về sớm' },
    },
  ],
  [
    'a first brief',
    { name: 'question.brief', payload: { ...q, brief: { agency: 'Sở Y tế', text: 'Đã xong' } } },
    question(),
    question({ brief: { agency: 'Sở Y tế', text: 'Đã xong', at: 9 } }),
    { name: 'question.brief', payload: { ...q, brief: null } },
  ],
  [
    'a brief taken away',
    { name: 'question.brief', payload: { ...q, brief: null } },
    question({ brief: { agency: 'Sở Y tế', text: 'Đã xong', at: 9 } }),
    question(),
    { name: 'question.brief', payload: { ...q, brief: { agency: 'Sở Y tế', text: 'Đã xong' } } },
  ],
  [
    'the disposition of a question that was never called',
    { name: 'question.dispose', payload: { ...q, disposition: answered } },
    question(),
    question({ state: 'disposed', disposition: answered }),
    { name: 'question.undispose', payload: q },
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
    ['a call', { name: 'floor.call', payload: q }, question()],
  ])('does not offer %s', (_case, { name, payload }, before) => {
    expect(inverseOf(name, payload, 'question', view(before))).toBeNull();
  });
});

describe('moving back', () => {
  const queued = (id: string, state: DeskQuestionFact['state'] = 'accepted') =>
    question({ id, state, ...(id === 'a' ? { pin } : {}) });
  const before = view(queued('a'), queued('b'), queued('c'));
  const back = inverseOf('question.move', { questionId: 'a', beforeQuestionId: null }, 'a', before);

  it.each([
    ['before its old follower', [queued('b'), queued('c'), queued('a')], 'b'],
    ['before the next one still there', [queued('b', 'onAir'), queued('c'), queued('a')], 'c'],
    ['last, when none is left', [queued('a')], null],
  ])('%s', (_case, now, beforeQuestionId) => {
    expect(back?.(view(...now))).toEqual({
      name: 'question.move',
      payload: { questionId: 'a', beforeQuestionId, reason: pin.reason },
    });
  });
});

describe('a note', () => {
  const note = { id: 'note', questionId: 'question', text: 'Gọi lại cho xã', at: 1, by: null };
  const withNote = {
    ...view(question()),
    note: (id: string) => (id === note.id ? note : undefined),
  };
  const without = { ...view(question()), note: () => undefined };

  it('is removed again, unless somebody did', () => {
    const payload = { questionId: 'question', noteId: 'note', text: note.text };
    const back = inverseOf('question.note', payload, 'question', without);
    expect(back?.(withNote)).toEqual({ name: 'question.unnote', payload: { noteId: 'note' } });
    expect(back?.(without)).toBeNull();
  });

  it('that was removed comes back under a new name', () => {
    const back = inverseOf('question.unnote', { noteId: 'note' }, 'question', withNote);
    expect(back?.(without)).toEqual({
      name: 'question.note',
      payload: {
        questionId: 'question',
        noteId: expect.not.stringMatching(/^note$/),
        text: note.text,
      },
    });
  });
});
