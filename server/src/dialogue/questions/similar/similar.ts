import { leadStates, type QuestionState } from '@nhip-cau/shared/model/questions';
import type { SimilarQuestion } from '@nhip-cau/shared/protocol/http';

/** Among which questions those alike are looked for. */
export interface SimilarScope {
  states: readonly QuestionState[];
  /** `null`: all halls. */
  bridgePointId: string | null;
}

/** Finds questions that say the same, in what is committed. */
export interface SimilarQuestions {
  /**
   * For each of the questions that is in the scope, others of the scope like it, best first, at
   * most `maxSimilar`.
   */
  of(
    dialogueId: string,
    questionIds: readonly string[],
    scope: SimilarScope,
  ): Promise<Record<string, SimilarQuestion[]>>;
}

/** Most that are shown beside one question. */
export const maxSimilar = 5;

/**
 * From where on two questions count as alike. Tuned on `server/test/fixtures/similar-questions.ts`:
 * other words for the same thing begin at 0.41, different things end at 0.40.
 */
export const similarFrom = 0.41;

/** The desk looks among what came to the city. */
export const cityScope: SimilarScope = {
  states: leadStates.filter((state) => state !== 'asked'),
  bridgePointId: null,
};

/** A moderator looks within the hall, at what still waits there too. */
export function hallScope(bridgePointId: string): SimilarScope {
  return { states: leadStates, bridgePointId };
}
