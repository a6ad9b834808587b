import { describe, expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { inChunks, isAsDone, standingInTheWay, takingBack } from './bulk.ts';
import type { BulkAction, BulkCommand } from './bulk.ts';

const outside = { kind: 'outside', reason: 'Không thuộc chủ đề' } as const;
const before = [
  question({ id: 'a', field: 'Đất đai' }),
  question({ id: 'b', field: null, urgency: 'urgent', disposition: outside }),
  question({ id: 'c', field: 'Đất đai', mergedInto: 'lead', returnReason: 'Chưa rõ' }),
];
const all = ['a', 'b', 'c'];

describe('taking back from many', () => {
  it.each<[string, BulkAction, BulkCommand[]]>([
    ['an acceptance', { name: 'accept' }, [{ questionIds: all, action: { name: 'unaccept' } }]],
    [
      'a return',
      { name: 'return', reason: 'Chưa rõ' },
      [{ questionIds: all, action: { name: 'unreturn' } }],
    ],
    [
      'a merge',
      { name: 'merge', intoQuestionId: 'lead' },
      [{ questionIds: all, action: { name: 'unmerge' } }],
    ],
    [
      'what was taken out again',
      { name: 'unmerge' },
      [{ questionIds: ['c'], action: { name: 'merge', intoQuestionId: 'lead' } }],
    ],
    [
      'a field, to what each had',
      { name: 'edit', field: 'Y tế' },
      [
        { questionIds: ['a', 'c'], action: { name: 'edit', field: 'Đất đai' } },
        { questionIds: ['b'], action: { name: 'edit', field: null } },
      ],
    ],
    [
      'an urgency, to what each had',
      { name: 'edit', urgency: 'urgent' },
      [
        { questionIds: ['a', 'c'], action: { name: 'edit', urgency: 'normal' } },
        { questionIds: ['b'], action: { name: 'edit', urgency: 'urgent' } },
      ],
    ],
    [
      'a disposition, to what each had',
      { name: 'dispose', disposition: { kind: 'answeredHere' } },
      [
        { questionIds: ['a', 'c'], action: { name: 'undispose' } },
        { questionIds: ['b'], action: { name: 'dispose', disposition: outside } },
      ],
    ],
  ])('%s', (_case, action, commands) => {
    expect(takingBack(action, before)).toEqual(commands);
  });
});

it.each([
  [0, []],
  [500, [500]],
  [1_201, [500, 500, 201]],
])('%i questions go in commands of %j', (count, sizes) => {
  const ids = Array.from({ length: count }, (_, index) => String(index));
  const chunks = inChunks(ids, { name: 'accept' });
  expect(chunks.map(({ questionIds }) => questionIds.length)).toEqual(sizes);
  expect(chunks.flatMap(({ questionIds }) => questionIds)).toEqual(ids);
});

it.each([
  [undefined, []],
  [{ state: 'asked' }, []],
  [{ questionIds: ['a', 'b'] }, ['a', 'b']],
])('a refusal with %j names %j', (details, ids) => {
  expect(standingInTheWay(details)).toEqual(ids);
});

describe('what can still be taken back', () => {
  const merge = { name: 'merge', intoQuestionId: 'lead' } as const;
  it.each<[BulkAction, Parameters<typeof question>[0], boolean]>([
    [{ name: 'accept' }, { state: 'accepted' }, true],
    [{ name: 'accept' }, { state: 'onDeck' }, false],
    [{ name: 'return', reason: 'x' }, { state: 'returned' }, true],
    [{ name: 'return', reason: 'x' }, { state: 'forwarded' }, false],
    [merge, { state: 'merged', mergedInto: 'lead' }, true],
    [merge, { state: 'merged', mergedInto: 'another' }, false],
    [{ name: 'edit', field: null }, { field: null }, true],
    [{ name: 'edit', field: null }, { field: 'Y tế' }, false],
    [{ name: 'edit', urgency: 'urgent' }, { urgency: 'urgent' }, true],
    [{ name: 'edit', urgency: 'urgent' }, { urgency: 'urgent', state: 'onAir' }, false],
    [{ name: 'dispose', disposition: outside }, { disposition: outside }, true],
    [{ name: 'dispose', disposition: outside }, { disposition: null }, false],
  ])('%j of %j: %s', (action, changes, can) => {
    expect(isAsDone(action, question(changes))).toBe(can);
  });
});
