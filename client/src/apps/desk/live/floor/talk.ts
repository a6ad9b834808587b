import type { StageTurn, TurnFact } from '@nhip-cau/shared/protocol/facts';

/** The question that was just spoken of, and whose hall may answer back. */
export interface Talk {
  /** What the head table would answer now; `null`: it speaks on no question. */
  answerTo: string | null;
  /** What a reply would be to; `null` while nothing was heard, or while it is being replied to. */
  replyTo: string | null;
}

/**
 * What the talk is about: the turn on air, else the one that ended last. What is on air for the
 * first time cannot be replied to yet.
 */
export function talkOf(
  onAir: Pick<StageTurn, 'kind' | 'questionId'> | null,
  turns: Iterable<Pick<TurnFact, 'kind' | 'questionId' | 'state' | 'endedAt'>>,
): Talk {
  const last = lastHeard(turns);
  if (onAir === null) return { answerTo: last, replyTo: last };
  const { kind, questionId } = onAir;
  if (kind === 'host') return { answerTo: questionId ?? last, replyTo: questionId ?? last };
  return { answerTo: questionId, replyTo: null };
}

function lastHeard(
  turns: Iterable<Pick<TurnFact, 'questionId' | 'state' | 'endedAt'>>,
): string | null {
  let last: string | null = null;
  let at = -Infinity;
  for (const { questionId, state, endedAt } of turns) {
    if (state !== 'ended' || endedAt === null || questionId === null || endedAt < at) continue;
    at = endedAt;
    last = questionId;
  }
  return last;
}
