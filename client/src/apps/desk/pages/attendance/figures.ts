import type { AttendanceBody } from '@nhip-cau/shared/protocol/attendance-report';
import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';

/** The figures over all halls: what the board tells live, and what the last report adds. */
export interface LiveTotals {
  expected: number;
  headcount: number;
  reported: number;
  halls: number;
  present: number;
  joined: number;
  came: number | null;
  peak: number | null;
}

export function liveTotals(
  halls: Iterable<BridgePointFact>,
  report: Pick<AttendanceBody, 'totals'> | null,
): LiveTotals {
  const totals: LiveTotals = {
    expected: 0,
    headcount: 0,
    reported: 0,
    halls: 0,
    present: 0,
    joined: 0,
    came: report?.totals.came ?? null,
    peak: report?.totals.peak ?? null,
  };
  for (const hall of halls) {
    totals.halls += 1;
    totals.expected += hall.expectedAttendance;
    totals.headcount += hall.headcount ?? 0;
    totals.reported += Number(hall.headcount !== null);
    totals.present += hall.present;
    totals.joined += hall.joined;
  }
  // Somebody may have come since the report was made.
  if (totals.peak !== null) totals.peak = Math.max(totals.peak, totals.present);
  return totals;
}
