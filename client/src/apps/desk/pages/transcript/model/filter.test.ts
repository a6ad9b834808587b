import { expect, it } from 'vitest';
import { filterLines, narrows, noFilter } from './filter.ts';
import { lineWith } from './line.fixture.ts';

const redactions = [{ id: 'r', start: 0, end: 2, reason: 'Đời tư' }];
const lines = [
  lineWith({ id: 'plain' }),
  lineWith({ id: 'low', lowWords: [1], bridgePointId: 'hall-2', questionId: null }),
  lineWith({ id: 'host', text: 'Cảm ơn', speaker: { kind: 'host', name: 'Ông Phong' } }),
  lineWith({ id: 'hidden', redactions, isLate: true, questionId: 'question-2' }),
  lineWith({ id: 'gone', isRemoved: true }),
];

it.each([
  [{}, ['plain', 'low', 'host', 'hidden']],
  [{ text: 'nao vet' }, ['plain', 'low', 'hidden']],
  [{ text: 'ong phong' }, ['host']],
  [{ text: 'ba vi kenh' }, ['plain', 'low', 'hidden']],
  [{ bridgePointId: 'hall-2' }, ['low']],
  [{ questionId: 'question-2' }, ['hidden']],
  [{ only: 'low' }, ['low']],
  [{ only: 'late' }, ['hidden']],
  [{ only: 'redacted' }, ['hidden']],
  [{ only: 'unsaved' }, ['plain']],
  [{ only: 'removed' }, ['gone']],
  [{ only: 'low', text: 'cam on' }, []],
] as const)('narrows by %j to %j', (change, expected) => {
  const found = filterLines(lines, { ...noFilter, ...change }, new Set(['plain']));
  expect(found.map(({ id }) => id)).toEqual(expected);
  expect(narrows({ ...noFilter, ...change })).toBe(Object.keys(change).length > 0);
});
