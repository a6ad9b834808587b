import type { RecordBody, RecordQuestion } from '@nhip-cau/shared/protocol/http';
import { describe, expect, it } from 'vitest';
import { figuresOf, filterQuestions } from './figures.ts';

const question = (id: string, more: Partial<RecordQuestion> = {}): RecordQuestion => ({
  id,
  bridgePointId: 'hall',
  bridgePointName: 'Điểm cầu 01',
  district: 'Đống Đa',
  channel: 'phone',
  wording: 'Bao giờ xử lý bãi rác?',
  original: null,
  field: 'Môi trường',
  state: 'accepted',
  asker: null,
  askedAt: 0,
  forwardedAt: null,
  acceptedAt: null,
  calledAt: null,
  endedAt: null,
  returnReason: null,
  returnedBy: null,
  disposition: null,
  mergedInto: null,
  supporters: 0,
  ...more,
});
const questions = [
  question('1', { calledAt: 5, state: 'disposed', disposition: { kind: 'answeredHere' } }),
  question('2', { field: 'Đất đai', calledAt: 6, state: 'heard', wording: 'Sổ đỏ chậm' }),
  question('3', { state: 'returned' }),
  question('4', { state: 'withdrawn' }),
  question('5', { asker: 'Nguyễn Thị Hoa' }),
];

describe('the record', () => {
  it('is summed up', () => {
    const record = {
      questions,
      otherQuestions: 3,
      halls: [{ isCentral: true }, { isCentral: false }],
      turns: [
        { bridgePointId: 'hall', spokenMs: 60_000 },
        { bridgePointId: 'hall', spokenMs: 30_000 },
      ],
    } as unknown as RecordBody;
    expect(figuresOf(record)).toEqual({
      questions: 8,
      heard: 2,
      disposed: 1,
      owed: 2,
      halls: 1,
      hallsHeard: 1,
      spokenMs: 90_000,
      byDisposition: { answeredHere: 1, assigned: 0, escalated: 0, outside: 0 },
    });
  });

  it.each([
    [{}, '1 2 3 4 5'],
    [{ sought: 'so do' }, '2'],
    [{ sought: 'nguyen thi' }, '5'],
    [{ field: 'Môi trường' }, '1 3 4 5'],
    [{ outcome: 'owed' as const }, '2 5'],
    [{ outcome: 'answeredHere' as const, sought: 'bãi rác' }, '1'],
  ])('filtered by %o', (filter, ids) => {
    const found = filterQuestions(questions, { sought: '', field: null, outcome: null, ...filter });
    expect(found.map(({ id }) => id).join(' ')).toBe(ids);
  });
});
