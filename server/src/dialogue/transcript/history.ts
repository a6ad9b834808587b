import type { HistoryBody } from '@nhip-cau/shared/protocol/http';
import type { LogReader } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';

/** What the log says of a line, oldest first: who did what, and what was there before. */
export async function readLineHistory(
  log: LogReader,
  state: DialogueState,
  lineId: string,
): Promise<HistoryBody> {
  const seqs = state.lineTrails.get(lineId);
  if (!seqs) throw new Refusal('not_found', { kind: 'line', id: lineId });
  const entries = await log.readEntries(state.id, { seqs });
  return {
    entries: entries.map(({ seq, at, type, actor: { kind, role, name }, payload }) => ({
      seq,
      at,
      type,
      actor: { kind, role, name },
      payload: { ...payload },
    })),
  };
}
