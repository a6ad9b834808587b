import type { Disposition, QuestionState } from '@nhip-cau/shared/model/questions';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { DeskQuestionFact, NoteFact } from '@nhip-cau/shared/protocol/facts';
import { newId } from '../../../core/connection/new-id.ts';

export type AnyCommand = {
  [Name in CommandName]: { name: Name; payload: CommandPayload<Name> };
}[CommandName];

/** What the page shows of questions at one moment; `queue` holds the accepted ones in order. */
export interface QuestionsView {
  question(id: string): DeskQuestionFact | undefined;
  queue: readonly string[];
  /** Notes of the desk, where the page has them. */
  note?(id: string): NoteFact | undefined;
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

/** The way back while the question is still in the state that the command brought it to. */
const whileIn =
  (questionId: string, state: QuestionState, back: AnyCommand): Inverse =>
  (now) =>
    stateOf(now, questionId) === state ? back : null;

/**
 * Commands that another command takes back. Whoever calls or ends a turn cannot: a microphone has
 * been open.
 */
const inverses: Inverses = {
  'question.accept': ({ questionId }) =>
    whileIn(questionId, 'accepted', { name: 'question.unaccept', payload: { questionId } }),
  'question.unaccept': ({ questionId }) =>
    whileIn(questionId, 'forwarded', { name: 'question.accept', payload: { questionId } }),
  'question.return': ({ questionId }) =>
    whileIn(questionId, 'returned', { name: 'question.unreturn', payload: { questionId } }),
  'question.unreturn': ({ questionId }, { returnReason: reason }) =>
    reason === null
      ? null
      : (now) => {
          const state = stateOf(now, questionId);
          return state === 'forwarded' || state === 'accepted'
            ? { name: 'question.return', payload: { questionId, reason } }
            : null;
        },
  'question.merge': ({ questionId }) =>
    whileIn(questionId, 'merged', { name: 'question.unmerge', payload: { questionId } }),
  'question.unmerge': ({ questionId }, { mergedInto: intoQuestionId }) =>
    intoQuestionId === null
      ? null
      : (now) => {
          const state = stateOf(now, questionId);
          return state === 'forwarded' || state === 'accepted'
            ? { name: 'question.merge', payload: { questionId, intoQuestionId } }
            : null;
        },
  'question.edit': ({ questionId, wording, field, urgency }, question) => {
    const old = {
      ...(wording === undefined ? {} : { wording: question.wording }),
      ...(field === undefined ? {} : { field: question.field }),
      ...(urgency === undefined ? {} : { urgency: question.urgency }),
    };
    const set = { wording, field, urgency };
    return (now) => {
      const present = now.question(questionId);
      if (present?.state !== 'forwarded' && present?.state !== 'accepted') return null;
      // What somebody else has written since is not this person's to take back.
      const isStill = (['wording', 'field', 'urgency'] as const).every(
        (name) => set[name] === undefined || present[name] === set[name],
      );
      return isStill ? { name: 'question.edit', payload: { questionId, ...old } } : null;
    };
  },
  'question.move': ({ questionId }, { pin }, { queue }) => {
    const back = moveBack(questionId, pin?.reason ?? null, queue);
    if (pin !== null) return back;
    return (now) => {
      const present = now.question(questionId);
      return present?.state === 'accepted' && present.pin !== null
        ? { name: 'question.unpin', payload: { questionId } }
        : null;
    };
  },
  'question.unpin': ({ questionId }, { pin }, { queue }) =>
    moveBack(questionId, pin?.reason ?? null, queue),
  'question.note':
    ({ noteId }) =>
    (now) =>
      now.note?.(noteId) ? { name: 'question.unnote', payload: { noteId } } : null,
  'question.unnote': ({ noteId }, { id: questionId }, before) => {
    const text = before.note?.(noteId)?.text;
    if (text === undefined) return null;
    // A note that was removed stays so in the log: its words come back as a new one.
    const payload = { questionId, noteId: newId(), text };
    return () => ({ name: 'question.note', payload });
  },
  'question.brief': ({ questionId, brief }, { brief: before }) => {
    const old = before && { agency: before.agency, text: before.text };
    return (now) => {
      const present = now.question(questionId)?.brief ?? null;
      return present?.text === brief?.text && present?.agency === brief?.agency
        ? { name: 'question.brief', payload: { questionId, brief: old } }
        : null;
    };
  },
  'question.dispose':
    ({ questionId }, { disposition }) =>
    (now) => {
      if (!now.question(questionId)?.disposition) return null;
      return disposition
        ? disposeAgain(questionId, disposition)
        : { name: 'question.undispose', payload: { questionId } };
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

/** Before whoever came next then and still waits, with the reason it was given. */
function moveBack(
  questionId: string,
  reason: string | null,
  queue: readonly string[],
): Inverse | null {
  const place = queue.indexOf(questionId);
  if (place < 0) return null;
  const followers = queue.slice(place + 1);
  return (now) => {
    if (stateOf(now, questionId) !== 'accepted') return null;
    const beforeQuestionId = followers.find((id) => stateOf(now, id) === 'accepted') ?? null;
    const why = reason === null ? {} : { reason };
    return { name: 'question.move', payload: { questionId, beforeQuestionId, ...why } };
  };
}

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
