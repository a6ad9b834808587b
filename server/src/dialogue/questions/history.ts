import type { HistoryBody, HistoryEntry } from '@nhip-cau/shared/protocol/http';
import type { LogEntry } from '../kernel/entries.ts';
import { questionOf } from '../kernel/handler.ts';
import type { LogReader } from '../kernel/ports.ts';
import type { DialogueState } from '../kernel/state.ts';

/** What only the desk reads. */
const deskOnly: readonly LogEntry['type'][] = ['question.noted', 'question.unnoted'];

/**
 * What the log says of a question, oldest first. A participant's own number is their secret, and
 * is left out. Throws `not_found`.
 */
export async function readHistory(
  log: LogReader,
  state: DialogueState,
  questionId: string,
  reader: 'desk' | 'host',
): Promise<HistoryBody> {
  questionOf(state, questionId);
  const entries = await log.readEntries(state.id, { seqs: state.trails.get(questionId) ?? [] });
  return {
    entries: entries
      .filter(({ type }) => reader === 'desk' || !deskOnly.includes(type))
      .map((entry) => told(entry, questionId)),
  };
}

function told(entry: LogEntry, questionId: string): HistoryEntry {
  const { seq, at, type, actor } = entry;
  const { kind, role, name } = actor;
  return { seq, at, type, actor: { kind, role, name }, payload: payloadOf(entry, questionId) };
}

function payloadOf(entry: LogEntry, questionId: string): Record<string, unknown> {
  if (entry.type === 'questions.imported') {
    const { questions } = entry.payload;
    return { ...questions.find((question) => question.questionId === questionId) };
  }
  const { personId: _, ...payload } = entry.payload as Record<string, unknown>;
  return payload;
}
