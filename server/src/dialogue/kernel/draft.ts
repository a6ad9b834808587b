import { commandStates } from '@nhip-cau/shared/protocol/command-states';
import type { CommandEnvelope, CommandName } from '@nhip-cau/shared/protocol/commands';
import type { Role } from '@nhip-cau/shared/model/roles';
import { type Actor, authorise } from './actor.ts';
import type { EntryDraft } from './entries.ts';
import { handlerOf } from './features.ts';
import type { Context } from './handler.ts';
import { Refusal } from './refusal.ts';
import type { DialogueState } from './state.ts';

export interface DraftDependencies {
  /** Epoch ms. */
  now: () => number;
  newId: () => string;
  newCode: (length: number) => string;
}

/** What a command would write, by whose right and when. Throws `Refusal`. */
export function draft<Name extends CommandName>(
  state: DialogueState,
  actor: Actor,
  { name, payload }: CommandEnvelope<Name>,
  { now, newId, newCode }: DraftDependencies,
): { now: number; role: Role; drafts: EntryDraft[] } {
  const handler = handlerOf(name);
  const role = authorise(actor, name, handler.object(state, payload, actor), state);
  requireStateFor(name, state);
  const context: Context = { now: now(), actor, role, newId, newCode };
  return { now: context.now, role, drafts: handler.decide(state, payload, context) };
}

function requireStateFor(name: CommandName, { dialogue }: DialogueState): void {
  if (dialogue && !commandStates[name].includes(dialogue.state)) {
    throw new Refusal('dialogue_not_open', { state: dialogue.state });
  }
}
