import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';

/** The hall with the last count that still waits to be sent. */
export function headcountWith(
  fact: BridgePointFact | null,
  waiting: readonly WaitingCommand[],
): BridgePointFact | null {
  const last = waiting.findLast(({ name }) => name === 'attendance.report');
  if (!fact || last?.name !== 'attendance.report') return fact;
  return { ...fact, headcount: last.payload.headcount, headcountAt: last.queuedAt };
}
