import { maxBulk } from '@nhip-cau/shared/model/questions';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

export type BulkAction = CommandPayload<'question.bulk'>['action'];
export type BulkCommand = CommandPayload<'question.bulk'>;

/** The questions in commands that the protocol takes. */
export function inChunks(questionIds: readonly string[], action: BulkAction): BulkCommand[] {
  const commands: BulkCommand[] = [];
  for (let first = 0; first < questionIds.length; first += maxBulk) {
    commands.push({ questionIds: questionIds.slice(first, first + maxBulk), action });
  }
  return commands;
}

type Back = (question: DeskQuestionFact) => BulkAction | null;

/** What takes the action back for a question as it was before; `null` when nothing does. */
function backOf(action: BulkAction): Back {
  switch (action.name) {
    case 'accept':
      return () => ({ name: 'unaccept' });
    case 'unaccept':
      return () => ({ name: 'accept' });
    case 'return':
      return () => ({ name: 'unreturn' });
    case 'merge':
      return () => ({ name: 'unmerge' });
    case 'unmerge':
      return ({ mergedInto }) =>
        mergedInto === null ? null : { name: 'merge', intoQuestionId: mergedInto };
    case 'edit':
      return ({ field, urgency }) => ({
        name: 'edit',
        ...(action.field === undefined ? {} : { field }),
        ...(action.urgency === undefined ? {} : { urgency }),
      });
    case 'dispose':
      return ({ disposition }) =>
        disposition ? { name: 'dispose', disposition } : { name: 'undispose' };
    case 'undispose':
      return ({ disposition }) => disposition && { name: 'dispose', disposition };
    case 'unreturn':
      return ({ returnReason }) =>
        returnReason === null ? null : { name: 'return', reason: returnReason };
    case 'forward':
    case 'recall':
      return () => null;
  }
}

/**
 * The commands that take an action back from these questions as they were before it: one for each
 * way back, which may differ from question to question.
 */
export function takingBack(action: BulkAction, before: readonly DeskQuestionFact[]): BulkCommand[] {
  const back = backOf(action);
  const groups = new Map<string, { action: BulkAction; ids: string[] }>();
  for (const question of before) {
    const way = back(question);
    if (way === null) continue;
    const key = JSON.stringify(way);
    const group = groups.get(key) ?? { action: way, ids: [] };
    group.ids.push(question.id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ ids, action: way }) => inChunks(ids, way));
}

/** Those that a refusal names as standing in the way. */
export function standingInTheWay(details: Record<string, unknown> | undefined): string[] {
  const ids = details?.['questionIds'];
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}

/** Whether the question still is as the action left it, so that it can be taken back. */
export function isAsDone(action: BulkAction, question: DeskQuestionFact): boolean {
  const { state, disposition, field, urgency } = question;
  switch (action.name) {
    case 'accept':
      return state === 'accepted';
    case 'return':
      return state === 'returned';
    case 'merge':
      return state === 'merged' && question.mergedInto === action.intoQuestionId;
    case 'edit':
      return (
        (state === 'forwarded' || state === 'accepted') &&
        (action.field === undefined || action.field === field) &&
        (action.urgency === undefined || action.urgency === urgency)
      );
    case 'dispose':
      return disposition !== null;
    case 'undispose':
      return disposition === null;
    case 'unaccept':
    case 'recall':
    case 'forward':
      return state === 'forwarded';
    case 'unreturn':
    case 'unmerge':
      return state === 'forwarded' || state === 'accepted';
  }
}
