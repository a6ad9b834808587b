import type { LogEntry } from '../kernel/entries.ts';
import type { DialogueState } from '../kernel/state.ts';

interface Subject {
  lineId?: string;
  newLineId?: string;
  nextLineId?: string;
}

/** Keeps, beside each line, the numbers of the entries that tell of it, as questions have theirs. */
export function followLineTrail(state: DialogueState, { type, seq, payload }: LogEntry): void {
  if (!type.startsWith('transcript.')) return;
  const { lineId, newLineId, nextLineId } = payload as Subject;
  for (const id of [lineId, newLineId, nextLineId]) {
    if (id === undefined) continue;
    const trail = state.lineTrails.get(id);
    if (trail) trail.push(seq);
    else state.lineTrails.set(id, [seq]);
  }
}
