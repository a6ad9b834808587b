import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

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
 * The question before the host: the one chosen from those owed, else the one on air or held, else
 * the one heard last (`lastHeardId`, then any) that waits for its disposition.
 */
export function focusOf(
  questions: ReadonlyMap<string, DeskQuestionFact>,
  ids: { onAir: string | null; chosen: string | null; lastHeard: string | null },
): Focus | null {
  const owed = owedQuestions(questions.values());
  const chosen = owed.find(({ id }) => id === ids.chosen);
  if (chosen) return { question: chosen, because: 'chosen' };
  const onAir = ids.onAir === null ? undefined : questions.get(ids.onAir);
  if (onAir) return { question: onAir, because: 'floor' };
  const heard = owed.find(({ id }) => id === ids.lastHeard) ?? owed[0];
  return heard ? { question: heard, because: 'owed' } : null;
}
