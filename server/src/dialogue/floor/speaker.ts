import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Turn } from '../kernel/state.ts';
import { publicAsker } from '../questions/asker.ts';

/**
 * Who speaks in a turn, as everybody may know it: the asker as far as they agreed. Somebody who
 * raised a hand agreed to nothing, and a reply from another hall is not the asker's.
 */
export function publicSpeaker(state: DialogueState, turn: Turn): string | null {
  const { kind, questionId, bridgePointId } = turn;
  if (questionId === null || kind === 'host') return null;
  const question = inLog(state.questions.get(questionId), questionId);
  return question.bridgePointId === bridgePointId ? publicAsker(question) : null;
}
