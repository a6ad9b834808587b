import { commandStates } from '@nhip-cau/shared/protocol/command-states';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { authorise } from '../kernel/actor.ts';
import type { EntryDraft } from '../kernel/entries.ts';
import {
  type Context,
  existing,
  type Handler,
  type Handlers,
  questionOf,
} from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { questionHandlers } from './decide.ts';
import { mergeHandlers } from './merge.ts';

type Bulk = CommandPayload<'question.bulk'>;
type PartName = `question.${Bulk['action']['name']}`;

const parts: Handlers<PartName> = { ...questionHandlers, ...mergeHandlers };

/**
 * Many questions in one step. Each is decided by the very handler of its own command, with the
 * permission of its own command; one that is refused refuses all.
 */
export const bulkHandlers: Handlers<'question.bulk'> = {
  'question.bulk': {
    object(state, { questionIds }) {
      const halls = new Set(questionIds.map((id) => questionOf(state, id).bridgePointId));
      const [hall] = halls;
      return { dialogueId: existing(state).id, bridgePointId: halls.size === 1 ? hall! : null };
    },
    decide(state, { questionIds, action }, context) {
      const { name, ...rest } = action;
      const partName: PartName = `question.${name}`;
      const dialogueState = existing(state).state;
      if (!commandStates[partName].includes(dialogueState)) {
        throw new Refusal('dialogue_not_open', { state: dialogueState });
      }
      const drafts: EntryDraft[] = [];
      const refused: { questionId: string; refusal: Refusal }[] = [];
      for (const questionId of new Set(questionIds)) {
        try {
          drafts.push(...decidePart(state, partName, { questionId, ...rest }, context));
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          refused.push({ questionId, refusal: error });
        }
      }
      const [first] = refused;
      if (first) {
        throw new Refusal(first.refusal.code, {
          ...first.refusal.details,
          questionIds: refused.map(({ questionId }) => questionId),
        });
      }
      return drafts;
    },
  },
};

function decidePart<Name extends PartName>(
  state: DialogueState,
  name: Name,
  payload: object,
  context: Context,
): EntryDraft[] {
  const handler = parts[name] as Handler<Name>;
  const part = payload as CommandPayload<Name>;
  const role = authorise(context.actor, name, handler.object(state, part, context.actor), state);
  return handler.decide(state, part, { ...context, role });
}
