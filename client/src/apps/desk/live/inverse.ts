import type { Disposition, QuestionState } from '@nhip-cau/shared/model/questions';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

export type AnyCommand = {
  [Name in CommandName]: { name: Name; payload: CommandPayload<Name> };
}[CommandName];

/** What the page shows of questions at one moment; `queue` holds the accepted ones in order. */
export interface QuestionsView {
  question(id: string): DeskQuestionFact | undefined;
  queue: readonly string[];
}

/** Looks at the questions as they are now: `null` when something else has happened since. */
export type Inverse = (now: QuestionsView) => AnyCommand | null;

type Inverses = {
  [Name in CommandName]?: (
    payload: CommandPayload<Name>,
    question: DeskQuestionFact,
    before: QuestionsView,
  ) => Inverse | null;
};

const stateOf = (now: QuestionsView, id: string): QuestionState | undefined =>
  now.question(id)?.state;

function disposeAgain(questionId: string, disposition: Disposition): AnyCommand {
  return { name: 'question.dispose', payload: { questionId, disposition } };
}

/**
 * Commands that another command takes back. Whoever accepts, returns, calls or ends a turn cannot:
 * others have been told, and a microphone has been open.
 */
const inverses: Inverses = {
  'question.edit': ({ questionId, wording, field }, question) => {
    const old = {
      ...(wording === undefined ? {} : { wording: question.wording }),
      ...(field === undefined ? {} : { field: question.field }),
    };
    return (now) => {
      const state = stateOf(now, questionId);
      return state === 'forwarded' || state === 'accepted'
        ? { name: 'question.edit', payload: { questionId, ...old } }
        : null;
    };
  },
  'question.move': ({ questionId }, _question, { queue }) => {
    const place = queue.indexOf(questionId);
    if (place < 0) return null;
    const followers = queue.slice(place + 1);
    return (now) => {
      if (stateOf(now, questionId) !== 'accepted') return null;
      const follower = followers.find((id) => stateOf(now, id) === 'accepted');
      return { name: 'question.move', payload: { questionId, beforeQuestionId: follower ?? null } };
    };
  },
  'question.dispose': ({ questionId }, { state, disposition }) => {
    // Undisposed, a question that was never called would be `heard`, not back in its lane.
    if (state === 'forwarded' || state === 'accepted') return null;
    return (now) => {
      if (!now.question(questionId)?.disposition) return null;
      return disposition
        ? disposeAgain(questionId, disposition)
        : { name: 'question.undispose', payload: { questionId } };
    };
  },
  'question.undispose': ({ questionId }, { disposition }) =>
    disposition && (() => disposeAgain(questionId, disposition)),
  'floor.prepare':
    ({ questionId }) =>
    (now) => {
      const question = now.question(questionId);
      return question?.state === 'onDeck' && question.turnId
        ? { name: 'floor.release', payload: { turnId: question.turnId } }
        : null;
    },
  'floor.release':
    (_payload, { id: questionId }) =>
    (now) =>
      stateOf(now, questionId) === 'accepted'
        ? { name: 'floor.prepare', payload: { questionId } }
        : null,
};

/**
 * How to take back `command`, given to the question `questionId` as things were `before` it; `null`
 * when nothing takes it back.
 */
export function inverseOf<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
  questionId: string,
  before: QuestionsView,
): Inverse | null {
  const question = before.question(questionId);
  return (question && inverses[name]?.(payload, { ...question }, before)) ?? null;
}
