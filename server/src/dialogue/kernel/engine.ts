import type { CommandEnvelope, CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { Actor } from './actor.ts';
import type { DialogueState } from './state.ts';

/** What the rest of the server uses of the domain's machinery. */
export interface DialogueEngine {
  /**
   * Authorises, decides and commits one command whose payload has passed its schema. Resolves when
   * it is durable or refused; rejects never but with `unavailable` inside the outcome.
   */
  execute(actor: Actor, envelope: CommandEnvelope): Promise<CommandOutcome>;
  /** The dialogue's present state, read only; `null` when there is no such dialogue. */
  read(dialogueId: string): Promise<DialogueState | null>;
}
