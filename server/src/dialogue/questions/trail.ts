import type { EntryType, LogEntry } from '../kernel/entries.ts';
import type { DialogueState } from '../kernel/state.ts';

/**
 * Keeps, beside each question, the numbers of the entries that tell of it: its own, those of its
 * turns, and merges into it. So its history is read from the log by number, and the log, which
 * takes every command, needs no index for it. Who stands behind a question is not kept: each is
 * named by their secret.
 */
export function followTrail(state: DialogueState, entry: LogEntry): void {
  if (entry.type === 'questions.imported') {
    for (const { questionId } of entry.payload.questions) add(state, questionId, entry.seq);
    return;
  }
  // Lines have trails of their own.
  if (untold.has(entry.type) || entry.type.startsWith('transcript.')) return;
  const payload = entry.payload as Subject;
  const questionId =
    payload.questionId ??
    (payload.turnId && state.turns.get(payload.turnId)?.questionId) ??
    (payload.noteId && state.notes.get(payload.noteId)?.questionId);
  if (questionId) add(state, questionId, entry.seq);
  if (entry.type === 'question.merged') add(state, entry.payload.intoQuestionId, entry.seq);
}

const untold: ReadonlySet<EntryType> = new Set(['question.supported', 'question.unsupported']);

interface Subject {
  questionId?: string | null;
  turnId?: string | null;
  noteId?: string;
}

function add(state: DialogueState, questionId: string, seq: number): void {
  const trail = state.trails.get(questionId);
  if (trail) trail.push(seq);
  else state.trails.set(questionId, [seq]);
}
