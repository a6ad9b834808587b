import type { DialogueState } from '../kernel/state.ts';
import { desiredStage } from './desired.ts';
import type { StageMedia } from './media-port.ts';

/**
 * Makes this node's media what the log says: after each commit, whichever node made it, and from
 * the log alone after a restart. Nothing else opens or closes a microphone.
 */
export class StageReconciler {
  private readonly media: StageMedia;
  private readonly onError: (error: unknown, dialogueId: string) => void;

  constructor(media: StageMedia, onError: (error: unknown, dialogueId: string) => void) {
    this.media = media;
    this.onError = onError;
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    if (state.dialogue === null) return;
    const done =
      state.dialogue.state === 'ended'
        ? this.media.closeDialogue(state.id)
        : this.media.reconcile(state.id, desiredStage(state));
    done.catch((error: unknown) => this.onError(error, state.id));
  }
}
