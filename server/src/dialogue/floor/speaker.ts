import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Question, Turn } from '../kernel/state.ts';
import { publicAsker } from '../questions/asker.ts';

/** States in which the city has taken a question up: its wording may be read out to everybody. */
export const takenUp: readonly QuestionState[] = [
  'accepted',
  'onDeck',
  'onAir',
  'heard',
  'disposed',
];

/** What a turn is about, as everybody may read it: one that was withdrawn is its asker's again. */
export function publicQuestion(
  state: DialogueState,
  { questionId }: Pick<Turn, 'questionId'>,
): Question | null {
  if (questionId === null) return null;
  const question = inLog(state.questions.get(questionId), questionId);
  return takenUp.includes(question.state) ? question : null;
}

/**
 * Who speaks in a turn, as everybody may know it: the asker as far as they agreed. Somebody who
 * raised a hand agreed to nothing, and a reply from another hall is not the asker's.
 */
export function publicSpeaker(state: DialogueState, turn: Turn): string | null {
  const question = askersTurn(state, turn);
  return question && publicAsker(question);
}

/** Who speaks in a turn, as those know it who lead the dialogue: the asker, or whose hand it was. */
export function deskSpeaker(state: DialogueState, turn: Turn): string | null {
  if (turn.handId !== null) return inLog(state.hands.get(turn.handId), turn.handId).name;
  const question = askersTurn(state, turn);
  return question && question.nameVisibility !== 'none' ? question.asker : null;
}

/** The question, where the turn belongs to its asker's hall. */
function askersTurn(state: DialogueState, turn: Turn): Question | null {
  const question = turn.kind === 'host' ? null : publicQuestion(state, turn);
  return question?.bridgePointId === turn.bridgePointId ? question : null;
}
