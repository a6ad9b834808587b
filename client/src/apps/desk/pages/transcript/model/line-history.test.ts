import type { HistoryEntry } from '@nhip-cau/shared/protocol/http';
import { expect, it } from 'vitest';
import { stepsOf } from './line-history.ts';

const entry = (seq: number, type: string, payload: Record<string, unknown>): HistoryEntry => ({
  seq,
  at: seq * 1_000,
  type,
  actor: { kind: 'staff', role: 'secretary', name: 'Trần Thị Thư' },
  payload,
});

it('tells the newest first, with the words before and after', () => {
  const entries = [
    entry(3, 'transcript.heard', { lineId: 'a', text: 'nao vet', engine: 'sherpa' }),
    entry(5, 'transcript.edited', { lineId: 'a', text: 'Nạo vét', before: 'nao vet' }),
    entry(8, 'transcript.redacted', { lineId: 'a', reason: 'Đời tư' }),
    entry(9, 'transcript.attributed', { lineId: 'a', speakerName: 'Bà Hoa' }),
    entry(10, 'something.newer', {}),
  ];
  expect(
    stepsOf(entries, 'a').map(({ name, before, after, detail }) => [name, before, after, detail]),
  ).toEqual([
    ['attributed', null, null, 'Bà Hoa'],
    ['redacted', null, null, 'Đời tư'],
    ['edited', 'nao vet', 'Nạo vét', null],
    ['heard', null, 'nao vet', 'sherpa'],
  ]);
});

it('tells a line that was split off or taken in from the one that it was done to', () => {
  const entries = [
    entry(1, 'transcript.split', { lineId: 'a', newLineId: 'b', at: 4 }),
    entry(2, 'transcript.merged', { lineId: 'a', nextLineId: 'b' }),
  ];
  const names = (id: string) => stepsOf(entries, id).map(({ name }) => name);
  expect(names('a')).toEqual(['merged', 'split']);
  expect(names('b')).toEqual(['mergedInto', 'splitOff']);
});
