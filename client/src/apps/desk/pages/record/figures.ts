import { dispositionKinds } from '@nhip-cau/shared/model/questions';
import type { DispositionKind } from '@nhip-cau/shared/model/questions';
import type { RecordBody, RecordQuestion } from '@nhip-cau/shared/protocol/http';
import { finder } from '../../parts/search.ts';

export interface Figures {
  /** All that were asked, those that this reader is not shown included. */
  questions: number;
  heard: number;
  disposed: number;
  /** Heard or not, and still without a disposition. */
  owed: number;
  halls: number;
  hallsHeard: number;
  spokenMs: number;
  byDisposition: Record<DispositionKind, number>;
}

/** What a dialogue came to, in numbers. Withdrawn, returned and merged questions owe nothing. */
export function figuresOf(record: RecordBody): Figures {
  const { questions, otherQuestions, turns, halls } = record;
  const closed = ['withdrawn', 'returned', 'merged', 'disposed'];
  const byDisposition = Object.fromEntries(
    dispositionKinds.map((kind) => [
      kind,
      questions.filter((question) => question.disposition?.kind === kind).length,
    ]),
  ) as Record<DispositionKind, number>;
  return {
    questions: questions.length + otherQuestions,
    heard: questions.filter((question) => question.calledAt !== null).length,
    disposed: questions.filter((question) => question.disposition !== null).length,
    owed: questions.filter(
      (question) => question.disposition === null && !closed.includes(question.state),
    ).length,
    halls: halls.filter((hall) => !hall.isCentral).length,
    hallsHeard: new Set(turns.map((turn) => turn.bridgePointId)).size,
    spokenMs: turns.reduce((sum, turn) => sum + turn.spokenMs, 0),
    byDisposition,
  };
}

export interface QuestionFilter {
  sought: string;
  field: string | null;
  outcome: DispositionKind | 'owed' | 'returned' | 'withdrawn' | 'merged' | null;
}

/** The questions that a filter leaves, in the order they were asked. */
export function filterQuestions(
  questions: readonly RecordQuestion[],
  { sought, field, outcome }: QuestionFilter,
): RecordQuestion[] {
  const matches = finder(sought);
  return questions.filter(
    (question) =>
      (field === null || question.field === field) &&
      (outcome === null || outcomeOf(question) === outcome) &&
      matches(
        `${question.wording} ${question.bridgePointName} ${question.district} ${question.asker ?? ''}`,
      ),
  );
}

/** What became of a question: its disposition, or why it has none. */
export function outcomeOf(question: RecordQuestion): NonNullable<QuestionFilter['outcome']> {
  if (question.disposition) return question.disposition.kind;
  const { state } = question;
  if (state === 'returned' || state === 'withdrawn' || state === 'merged') return state;
  return 'owed';
}
