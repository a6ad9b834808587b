import type { OwnQuestionFact, StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';

/** One's own question near the microphone: `held` keeps the turn with the microphone closed. */
export interface OwnTurn {
  state: 'onDeck' | 'onAir' | 'held';
  turn: StageTurn;
}

/** The nearest turn of one's own questions, as the stage has it. */
export function ownTurn(
  questions: ReadonlyMap<string, OwnQuestionFact>,
  stage: StageFact | null,
): OwnTurn | null {
  const onAir = stage?.onAir;
  const isOwn = ({ questionId }: StageTurn) => questionId !== null && questions.has(questionId);
  if (onAir && isOwn(onAir)) {
    return { state: onAir.state === 'held' ? 'held' : 'onAir', turn: onAir };
  }
  const turn = stage?.onDeck.find(isOwn);
  return turn ? { state: 'onDeck', turn } : null;
}
