import type { DialogueState } from '@nhip-cau/shared/model/session';
import type { StageFact } from '@nhip-cau/shared/protocol/facts';

/**
 * What the one big button of the host does. `wait` does nothing, and says for whom the floor is
 * waiting: `secretary` to put a hall on deck, `questions` while the queue is empty.
 */
export type FloorAction =
  | { kind: 'start' }
  | { kind: 'resumeDialogue' }
  | { kind: 'call' | 'handOver'; questionId: string; hall: string }
  | { kind: 'wait'; for: 'opening' | 'secretary' | 'questions' | 'lastTurn' | 'nothing' };

/** The button's action. With a turn on air or held, it ends that turn and calls the next one. */
export function floorAction(dialogue: DialogueState, stage: StageFact | null): FloorAction {
  if (dialogue === 'draft') return { kind: 'wait', for: 'opening' };
  if (dialogue === 'ended') return { kind: 'wait', for: 'nothing' };
  if (dialogue === 'open') return { kind: 'start' };
  if (dialogue === 'paused') return { kind: 'resumeDialogue' };
  const onDeck = stage?.onDeck[0];
  // Only what was written down is prepared; a hand or a reply is called at once.
  if (onDeck?.questionId) {
    return {
      kind: stage?.onAir ? 'handOver' : 'call',
      questionId: onDeck.questionId,
      hall: onDeck.bridgePointName,
    };
  }
  if (stage && stage.next.length > 0) return { kind: 'wait', for: 'secretary' };
  return { kind: 'wait', for: stage?.onAir ? 'lastTurn' : 'questions' };
}

/** The halls to come, those on deck first; each question's hall is named, so one may come twice. */
export function comingHalls(stage: StageFact | null): { name: string; onDeck: boolean }[] {
  if (!stage) return [];
  return [
    ...stage.onDeck.map(({ bridgePointName }) => ({ name: bridgePointName, onDeck: true })),
    ...stage.next.map(({ bridgePointName }) => ({ name: bridgePointName, onDeck: false })),
  ];
}
