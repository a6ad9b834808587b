import type { DeskQuestionFact, StageTurn } from '@nhip-cau/shared/protocol/facts';

/** Heard questions without a disposition, the one accepted last first. */
export function owedQuestions(questions: Iterable<DeskQuestionFact>): DeskQuestionFact[] {
  return [...questions]
    .filter(({ state, disposition }) => state === 'heard' && disposition === null)
    .sort((a, b) => (b.acceptedAt ?? 0) - (a.acceptedAt ?? 0));
}

export interface Focus {
  question: DeskQuestionFact;
  /** Why it is shown: it has the floor, it was chosen from those owed, or it was heard last. */
  because: 'floor' | 'chosen' | 'owed';
}

/**
 * The question before the host: the one chosen from those owed, else the one that the turn on air
 * or held is about, else the one heard last (`lastHeard`, then any) that waits for its disposition.
 * While somebody speaks on no question, none of the others stands in their place.
 */
export function focusOf(
  questions: ReadonlyMap<string, DeskQuestionFact>,
  {
    turn,
    chosen: chosenId,
    lastHeard,
  }: {
    turn: Pick<StageTurn, 'questionId'> | null;
    chosen: string | null;
    lastHeard: string | null;
  },
): Focus | null {
  const owed = owedQuestions(questions.values());
  const chosen = owed.find(({ id }) => id === chosenId);
  if (chosen) return { question: chosen, because: 'chosen' };
  if (turn) {
    const question = turn.questionId === null ? undefined : questions.get(turn.questionId);
    return question ? { question, because: 'floor' } : null;
  }
  const heard = owed.find(({ id }) => id === lastHeard) ?? owed[0];
  return heard ? { question: heard, because: 'owed' } : null;
}
