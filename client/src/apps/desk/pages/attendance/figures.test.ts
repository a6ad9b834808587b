import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import { expect, it } from 'vitest';
import { liveTotals } from './figures.ts';

const hall = (rest: Partial<BridgePointFact>) =>
  ({ expectedAttendance: 25, headcount: null, present: 0, joined: 0, ...rest }) as BridgePointFact;
const halls = [hall({ headcount: 24, present: 20, joined: 18 }), hall({ present: 3 })];

it('are those of the board, with what only the log knows once it is there', () => {
  expect(liveTotals(halls, null)).toEqual({
    expected: 50,
    headcount: 24,
    reported: 1,
    halls: 2,
    present: 23,
    joined: 18,
    came: null,
    peak: null,
  });
  const report = { totals: { came: 30, peak: 21 } } as Parameters<typeof liveTotals>[1];
  expect(liveTotals(halls, report)).toMatchObject({ came: 30, peak: 23 });
});
